-- How many people of each group gave each rating of each competency.
--
-- Begins with `said`, which scale.py makes of `people` (a row a person and competency, with the
-- columns importance and ability), and with
--   competencies  place, competency
--   levels        the level that a post requires: _package, post, competency, required
--   places        the order of a form's groups: group_by, "group", place

CREATE OR REPLACE TEMP VIEW required_levels AS
SELECT k.id AS required_of, c.place AS competency, MAX(CAST(l.required AS INT)) AS required
FROM levels l
JOIN known_posts k ON k._package = l._package AND k.post = l.post
JOIN competencies c ON c.competency = l.competency
GROUP BY k.id, c.place;

-- Competency, importance, ability and required level as the digits of one number. Of importance and
-- ability 6 is `na`, and 0 everything but 1 to 5. A table, because Spark compiles two steps that are
-- this wide only one by one.
DROP TABLE IF EXISTS ratings;

CREATE TABLE ratings AS
SELECT s.everybody, s.by_post, s.by_unit, s.by_cluster, s.by_area, s.by_gender, s.by_age_band,
       s.by_qualification,
       1000 * s.place
       + 100 * CASE s.importance WHEN '1' THEN 1 WHEN '2' THEN 2 WHEN '3' THEN 3 WHEN '4' THEN 4
                                 WHEN '5' THEN 5 WHEN 'na' THEN 6 ELSE 0 END
       + 10 * CASE s.ability WHEN '1' THEN 1 WHEN '2' THEN 2 WHEN '3' THEN 3 WHEN '4' THEN 4
                             WHEN '5' THEN 5 WHEN 'na' THEN 6 ELSE 0 END
       + COALESCE(l.required, 0) AS rating
FROM (SELECT said.*, CAST(competency AS INT) AS place FROM said) s
LEFT JOIN required_levels l ON l.required_of = s.required_of AND l.competency = s.place;

DROP TABLE IF EXISTS counted;

-- One pass over the ratings, whatever the number of facets.
CREATE TABLE counted AS
WITH grouped AS (
  SELECT id, rating, COUNT(*) AS people
  FROM ratings
  UNPIVOT (id FOR facet IN (everybody, by_post, by_unit, by_cluster, by_area, by_gender,
                            by_age_band, by_qualification))
  GROUP BY id, rating
)
SELECT k.group_by, k."group", c.competency,
       CAST(FLOOR(MOD(g.rating, 1000) / 100) AS INT) AS importance,
       CAST(FLOOR(MOD(g.rating, 100) / 10) AS INT) AS ability,
       MOD(g.rating, 10) AS required,
       g.people
FROM grouped g
JOIN known_groups k ON k.id = g.id
JOIN competencies c ON c.place = CAST(FLOOR(g.rating / 1000) AS INT);

-- The numbers of a group and competency that every measure follows from.
CREATE OR REPLACE TEMP VIEW leveled AS
SELECT group_by, "group", competency, people,
       CASE WHEN importance BETWEEN 1 AND 5 THEN importance END AS i,
       CASE WHEN ability BETWEEN 1 AND 5 THEN ability END AS a,
       NULLIF(required, 0) AS r
FROM counted;

DROP TABLE IF EXISTS sums;

CREATE TABLE sums AS
SELECT group_by, "group", competency,
       CAST(SUM(people) AS BIGINT) AS people,
       CAST(SUM(CASE WHEN i IS NOT NULL THEN people ELSE 0 END) AS BIGINT) AS n_importance,
       CAST(SUM(CASE WHEN a IS NOT NULL THEN people ELSE 0 END) AS BIGINT) AS n_ability,
       CAST(SUM(CASE WHEN i * a IS NOT NULL THEN people ELSE 0 END) AS BIGINT) AS n_pairs,
       CAST(SUM(CASE WHEN a * r IS NOT NULL THEN people ELSE 0 END) AS BIGINT) AS n_required,
       CAST(SUM(CASE WHEN a IS NOT NULL THEN i * people END) AS BIGINT) AS si,
       CAST(SUM(CASE WHEN a IS NOT NULL THEN i * i * people END) AS BIGINT) AS sii,
       CAST(SUM(CASE WHEN i IS NOT NULL THEN a * people END) AS BIGINT) AS sa,
       CAST(SUM(CASE WHEN i IS NOT NULL THEN a * a * people END) AS BIGINT) AS saa,
       CAST(SUM(CASE WHEN i > a THEN people ELSE 0 END) AS BIGINT) AS need,
       CAST(SUM(CASE WHEN i < a THEN people ELSE 0 END) AS BIGINT) AS surplus,
       CAST(SUM(CASE WHEN i = a THEN people ELSE 0 END) AS BIGINT) AS tie,
       CAST(SUM(CASE WHEN i >= 4 AND a <= 2 THEN people ELSE 0 END) AS BIGINT) AS high_need
FROM leveled
GROUP BY group_by, "group", competency;

-- What is hidden: groups of one to four people as a whole; of the others a competency where any
-- number that would stand beside it counts one to four people; and with either the smallest other
-- one, where fewer than five people would be hidden together, since it could be found by
-- subtraction. That one has five people or more, so one is enough.
CREATE OR REPLACE TEMP VIEW group_sizes AS
SELECT s.group_by, s."group", MAX(s.people) AS people, COALESCE(MIN(p.place), 1000000000) AS place
FROM sums s
LEFT JOIN places p ON p.group_by = s.group_by AND p."group" = s."group"
GROUP BY s.group_by, s."group";

CREATE OR REPLACE TEMP VIEW hidden_groups AS
SELECT group_by, "group", people,
       people BETWEEN 1 AND 4 OR (together BETWEEN 1 AND 4 AND people >= 5 AND nth = 1) AS is_hidden
FROM (
  SELECT g.*,
         SUM(CASE WHEN people BETWEEN 1 AND 4 THEN people ELSE 0 END)
           OVER (PARTITION BY group_by) AS together,
         ROW_NUMBER() OVER (
           PARTITION BY group_by
           ORDER BY CASE WHEN people >= 5 THEN 0 ELSE 1 END, people, place, "group"
         ) AS nth
  FROM group_sizes g
) sized;

CREATE OR REPLACE TEMP VIEW hidden_cells AS
WITH fewest AS (
  SELECT s.group_by, s."group", s.competency, g.place,
         COALESCE(LEAST(NULLIF(n_importance, 0), NULLIF(n_ability, 0), NULLIF(n_pairs, 0),
                        NULLIF(n_required, 0)), 0) AS people
  FROM sums s
  JOIN group_sizes g ON g.group_by = s.group_by AND g."group" = s."group"
), sized AS (
  SELECT f.*,
         SUM(CASE WHEN people BETWEEN 1 AND 4 THEN people ELSE 0 END)
           OVER (PARTITION BY group_by, competency) AS together,
         ROW_NUMBER() OVER (
           PARTITION BY group_by, competency
           ORDER BY CASE WHEN people >= 5 THEN 0 ELSE 1 END, people, place, "group"
         ) AS nth
  FROM fewest f
)
SELECT c.group_by, c."group", c.competency,
       g.is_hidden
         OR c.people BETWEEN 1 AND 4
         OR (c.together BETWEEN 1 AND 4 AND c.people >= 5 AND c.nth = 1) AS is_hidden
FROM sized c
JOIN hidden_groups g ON g.group_by = c.group_by AND g."group" = c."group";

-- A group of which every competency is hidden is told without any number.
CREATE OR REPLACE TEMP VIEW silent_groups AS
SELECT group_by, "group"
FROM hidden_cells
GROUP BY group_by, "group"
HAVING MIN(CASE WHEN is_hidden THEN 1 ELSE 0 END) = 1;
