-- Everybody once, with the groups that they belong to as numbers.
--
-- Begins with what scale.py has read of the packages:
--   responses  a row a response: _package, _root, _revision, _submitted, the answers by what they
--              tell (post, concurrent_posts, unit, area, gender, age_band, qualification; '' where
--              nothing was said), and every rated question under its own name
--   clusters   unit, cluster
--   facets     by what people are grouped: group_by
--   levels     the level that a post requires: _package, post, competency, required

-- Of everybody the highest revision; of two that are equal the one handed in last.
CREATE OR REPLACE TEMP VIEW newest AS
SELECT r.*, COALESCE(c."cluster", '') AS "cluster"
FROM (
  SELECT r.*,
         ROW_NUMBER() OVER (
           PARTITION BY _root
           ORDER BY CAST(_revision AS INT) DESC, _submitted DESC, _package
         ) AS nth
  FROM responses r
) r
LEFT JOIN clusters c ON c.unit = r.unit
WHERE r.nth = 1;

-- Numbers are counted faster than texts.
DROP TABLE IF EXISTS known_groups;

CREATE TABLE known_groups AS
WITH answers AS (
  SELECT DISTINCT group_by, "group"
  FROM newest
  UNPIVOT ("group" FOR group_by IN (post, unit, "cluster", area, gender, age_band, qualification))
)
SELECT ROW_NUMBER() OVER (ORDER BY a.group_by, a."group") AS id, a.group_by, a."group"
FROM answers a
JOIN facets f ON f.group_by = a.group_by
UNION ALL
SELECT 0, 'overall', '';

DROP TABLE IF EXISTS known_posts;

CREATE TABLE known_posts AS
SELECT ROW_NUMBER() OVER (ORDER BY _package, post) AS id, _package, post
FROM (SELECT DISTINCT _package, post FROM levels) told;

DROP TABLE IF EXISTS people;

CREATE TABLE people AS
SELECT n.*, 0 AS everybody, k.id AS required_of, g1.id AS by_post, g2.id AS by_unit,
       g3.id AS by_cluster, g4.id AS by_area, g5.id AS by_gender, g6.id AS by_age_band,
       g7.id AS by_qualification
FROM newest n
LEFT JOIN known_posts k ON k._package = n._package AND k.post = n.post
LEFT JOIN known_groups g1 ON g1.group_by = 'post' AND g1."group" = n.post
LEFT JOIN known_groups g2 ON g2.group_by = 'unit' AND g2."group" = n.unit
LEFT JOIN known_groups g3 ON g3.group_by = 'cluster' AND g3."group" = n."cluster"
LEFT JOIN known_groups g4 ON g4.group_by = 'area' AND g4."group" = n.area
LEFT JOIN known_groups g5 ON g5.group_by = 'gender' AND g5."group" = n.gender
LEFT JOIN known_groups g6 ON g6.group_by = 'age_band' AND g6."group" = n.age_band
LEFT JOIN known_groups g7 ON g7.group_by = 'qualification' AND g7."group" = n.qualification;
