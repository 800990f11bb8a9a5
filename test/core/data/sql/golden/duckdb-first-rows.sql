SELECT (SELECT min(a.row_no)
FROM (SELECT CASE WHEN v0 IS NOT NULL AND v1 IS NOT NULL THEN row(v0, v1) END AS k, row_no
FROM (SELECT *
FROM (SELECT row_number() OVER () AS row_no, "id" AS v0, NULLIF("a""b`c", '') AS v1
FROM rides) AS read_values) AS tested) AS a JOIN (SELECT k, min(row_no) AS first_row
FROM (SELECT CASE WHEN v0 IS NOT NULL AND v1 IS NOT NULL THEN row(v0, v1) END AS k, row_no
FROM (SELECT *
FROM (SELECT row_number() OVER () AS row_no, "id" AS v0, NULLIF("a""b`c", '') AS v1
FROM rides) AS read_values) AS tested) AS keyed WHERE k IS NOT NULL GROUP BY k HAVING
count(*) > 1) AS b ON a.k = b.k AND a.row_no > b.first_row), min(CASE WHEN v1 IS NULL THEN row_no END)
FROM (SELECT *
FROM (SELECT row_number() OVER () AS row_no, "id" AS v0, NULLIF("a""b`c", '') AS v1
FROM rides) AS read_values) AS tested
