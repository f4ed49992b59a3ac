-- coverage.csv: every unit and post of the rosters with what should be there, is, and came.
--
-- Begins also with `roster`: province, unit_code, unit, post, quota, actual. A unit is known by its
-- code; of one that several packages list, the larger numbers hold.
CREATE OR REPLACE TEMP VIEW expected AS
SELECT province, unit_code, unit, post, MAX(CAST(NULLIF(quota, '') AS BIGINT)) AS quota,
       MAX(CAST(NULLIF(actual, '') AS BIGINT)) AS actual
FROM roster
GROUP BY province, unit_code, unit, post;

CREATE OR REPLACE TEMP VIEW posts_of AS
SELECT DISTINCT unit_code, post
FROM expected
WHERE unit_code <> '';

-- Each counts for the main post.
CREATE OR REPLACE TEMP VIEW placed AS
SELECT p.unit, p.post, p.concurrent_posts
FROM people p
JOIN posts_of e ON e.unit_code = p.unit AND e.post = p.post;

CREATE OR REPLACE TEMP VIEW received_by AS
SELECT unit, post, COUNT(*) AS people
FROM placed
GROUP BY unit, post;

-- Who answered for another post of the unit and holds this one too is not waited for.
CREATE OR REPLACE TEMP VIEW held_by AS
SELECT e.unit_code AS unit, e.post, COUNT(*) AS people
FROM placed p
JOIN posts_of e
  ON e.unit_code = p.unit AND e.post <> p.post
  AND INSTR(' ' || p.concurrent_posts || ' ', ' ' || e.post || ' ') > 0
WHERE p.concurrent_posts <> ''
GROUP BY e.unit_code, e.post;

CREATE OR REPLACE TEMP VIEW coverage AS
WITH cells AS (
  SELECT e.*, COALESCE(e.actual, e.quota, 0) AS places,
         COALESCE(r.people, 0) AS received, COALESCE(h.people, 0) AS held
  FROM expected e
  LEFT JOIN received_by r ON r.unit = e.unit_code AND r.post = e.post
  LEFT JOIN held_by h ON h.unit = e.unit_code AND h.post = e.post
), waited AS (
  SELECT c.*, places - LEAST(held, GREATEST(places - received, 0)) AS asked FROM cells c
)
SELECT province, unit_code, unit, post, quota, actual, asked, received,
       GREATEST(asked - received, 0) AS missing,
       GREATEST(received - places, 0) AS doubled
FROM waited;
