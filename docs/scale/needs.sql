-- needs.csv: every group and competency with its measures, as the desk computes them.
CREATE OR REPLACE TEMP VIEW measured AS
SELECT s.*, h.is_hidden,
       CASE WHEN NOT h.is_hidden AND n_pairs > 0 THEN CAST(si AS DOUBLE) / n_pairs END AS mi,
       CASE WHEN NOT h.is_hidden AND n_pairs > 0 THEN CAST(sa AS DOUBLE) / n_pairs END AS ma,
       CASE WHEN NOT h.is_hidden AND n_pairs > 0 THEN CAST(n_pairs AS DOUBLE) END AS n
FROM sums s
JOIN hidden_cells h
  ON h.group_by = s.group_by AND h."group" = s."group" AND h.competency = s.competency;

CREATE OR REPLACE TEMP VIEW ranked AS
SELECT group_by, "group", competency,
       RANK() OVER (
         PARTITION BY group_by, "group" ORDER BY ROUND(mi * (mi - ma), 9) DESC
       ) AS place
FROM measured
WHERE mi IS NOT NULL;

CREATE OR REPLACE TEMP VIEW needs AS
SELECT m.group_by, m."group",
       CASE WHEN q.group_by IS NULL THEN g.people END AS people,
       m.competency,
       CASE WHEN NOT m.is_hidden THEN m.n_importance END AS n_importance,
       CASE WHEN NOT m.is_hidden THEN m.n_ability END AS n_ability,
       CASE WHEN NOT m.is_hidden THEN m.n_pairs END AS n_pairs,
       mi AS mean_importance,
       ma AS mean_ability,
       CASE WHEN n > 1 THEN SQRT((n * sii - CAST(si AS DOUBLE) * si) / (n * (n - 1))) END
         AS sd_importance,
       CASE WHEN n > 1 THEN SQRT((n * saa - CAST(sa AS DOUBLE) * sa) / (n * (n - 1))) END
         AS sd_ability,
       mi - ma AS gap,
       mi * (mi - ma) AS mwds,
       100 * (surplus - need) / n AS rds,
       100 * need / n AS share_need,
       100 * surplus / n AS share_surplus,
       100 * tie / n AS share_tie,
       (mi - ma) / ma AS pni_modified,
       high_need / n AS share_high_need,
       r.place AS rank_mwds,
       CASE WHEN m.is_hidden THEN 1 ELSE 0 END AS hidden
FROM measured m
JOIN group_sizes g ON g.group_by = m.group_by AND g."group" = m."group"
LEFT JOIN silent_groups q ON q.group_by = m.group_by AND q."group" = m."group"
LEFT JOIN ranked r
  ON r.group_by = m.group_by AND r."group" = m."group" AND r.competency = m.competency;
