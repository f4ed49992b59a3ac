-- tally.csv: how many people gave each rating, as desks send it to each other (docs/tally.md).
--
-- Begins also with `origin`: the form, the desk and the time that the file bears.
DROP TABLE IF EXISTS tally_rows;

CREATE TABLE tally_rows AS
SELECT c.group_by, c."group", c.competency,
       CASE c.importance WHEN 0 THEN '' WHEN 6 THEN 'na' ELSE SUBSTR('12345', c.importance, 1) END
         AS importance,
       CASE c.ability WHEN 0 THEN '' WHEN 6 THEN 'na' ELSE SUBSTR('12345', c.ability, 1) END
         AS ability,
       CASE c.required WHEN 0 THEN '' ELSE SUBSTR('12345', c.required, 1) END AS required,
       c.people
FROM counted c
JOIN hidden_cells h
  ON h.group_by = c.group_by AND h."group" = c."group" AND h.competency = c.competency
WHERE NOT h.is_hidden
UNION ALL
SELECT h.group_by, h."group", h.competency, '', '', '', CAST(NULL AS BIGINT)
FROM hidden_cells h
LEFT JOIN silent_groups q ON q.group_by = h.group_by AND q."group" = h."group"
WHERE h.is_hidden AND q.group_by IS NULL
UNION ALL
SELECT group_by, "group", '', '', '', '', CAST(NULL AS BIGINT)
FROM silent_groups;

CREATE OR REPLACE TEMP VIEW tally AS
SELECT t.group_by, t."group", t.competency, t.importance, t.ability, t.required,
       t.people AS "count", o.form AS _form, o.desk AS _desk, o.made AS _made, n."rows" AS _rows
FROM tally_rows t
CROSS JOIN origin o
CROSS JOIN (SELECT COUNT(*) AS "rows" FROM tally_rows) n;
