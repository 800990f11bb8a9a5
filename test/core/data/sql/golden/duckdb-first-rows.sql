SELECT (SELECT min(a.row_no)
FROM (SELECT v0, v1, row_no
FROM (SELECT row_number() OVER () AS row_no, "id" AS v0, NULLIF("a""b`c", '') AS v1
FROM rides) AS read_values WHERE v0 IS NOT NULL AND v1 IS NOT NULL) AS a JOIN (SELECT v0, v1, min(row_no) AS first_row
FROM (SELECT row_number() OVER () AS row_no, "id" AS v0, NULLIF("a""b`c", '') AS v1
FROM rides) AS read_values WHERE v0 IS NOT NULL AND v1 IS NOT NULL GROUP BY v0, v1 HAVING
count(*) > 1) AS b ON a.v0 = b.v0 AND a.v1 = b.v1 AND a.row_no > b.first_row), min(CASE WHEN v0 IS NULL THEN row_no END)
FROM (SELECT *
FROM (SELECT row_number() OVER () AS row_no, NULLIF("a""b`c", '') AS v0
FROM rides) AS read_values) AS tested
