SELECT
count(*), count(v0), count(v1), count(v2), count(v3), count(CASE WHEN v0 IS NOT NULL AND v1 IS NOT NULL THEN row(v0, v1) END) - count(DISTINCT CASE WHEN v0 IS NOT NULL AND v1 IS NOT NULL THEN row(v0, v1) END),
count(*) FILTER (WHERE v1 IS NULL),
count(*) FILTER (WHERE v0 IS NOT NULL AND ok2 IS NOT TRUE),
count(*) FILTER (WHERE v1 IS NOT NULL AND ok3 IS NOT TRUE),
count(*) FILTER (WHERE v1 IS NOT NULL AND ok4 IS NOT TRUE),
count(*) FILTER (WHERE v2 IS NOT NULL AND ok5 IS NOT TRUE),
count(*) FILTER (WHERE v1 IS NOT NULL AND ok6 IS NOT TRUE),
count(*) FILTER (WHERE v1 IS NOT NULL AND ok7 IS NOT TRUE),
count(*) FILTER (WHERE v3 IS NOT NULL AND ok8 IS NOT TRUE),
count(*) FILTER (WHERE v2 IS NOT NULL AND ok9 IS NOT TRUE),
count(*) FILTER (WHERE v2 IS NOT NULL AND ok10 IS NOT TRUE),
count(*) FILTER (WHERE v0 IS NOT NULL AND ok11 IS NOT TRUE),
count(*)
FROM (SELECT *, (v0 >= CAST('1' AS HUGEINT) AND v0 <= CAST('9007199254740992' AS HUGEINT))
AS ok2, CASE WHEN CASE WHEN regexp_matches(v1, '^[+-]?[0-9]+\z') THEN TRY_CAST(v1 AS HUGEINT) END IS NULL THEN (isfinite(CASE WHEN regexp_matches(v1, '^[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]+)?\z') THEN TRY_CAST(v1 AS DOUBLE) END) AND CASE WHEN regexp_matches(v1, '^[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]+)?\z') THEN TRY_CAST(v1 AS DOUBLE) END >= CAST('0' AS DOUBLE) AND CASE WHEN regexp_matches(v1, '^[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]+)?\z') THEN TRY_CAST(v1 AS DOUBLE) END <= CAST('1152921504606847000' AS DOUBLE)) ELSE (CASE WHEN regexp_matches(v1, '^[+-]?[0-9]+\z') THEN TRY_CAST(v1 AS HUGEINT) END >= CAST('0' AS HUGEINT) AND CASE WHEN regexp_matches(v1, '^[+-]?[0-9]+\z') THEN TRY_CAST(v1 AS HUGEINT) END <= CAST('1152921504606846976' AS HUGEINT)) END
AS ok3, v1 IN ('it''s', 'back\slash', ('nul' || chr(0) || ''))
AS ok4, v2 IN (CAST('1' AS DOUBLE))
AS ok5, regexp_matches(v1, '^\d+''$')
AS ok6, (CASE WHEN (regexp_matches(v1, '^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,9})?)?(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?)?\z') AND TRY_CAST(substr(v1, 1, 10) AS DATE) IS NOT NULL) THEN epoch_ms(TRY_CAST(substr(v1, 1, 10) AS DATE)) + CASE WHEN length(v1) = 10 THEN 0 WHEN length(v1) = 19 THEN coalesce(TRY_CAST(substr(v1, 12, 2) AS DOUBLE), 0) * 3600000 + coalesce(TRY_CAST(substr(v1, 15, 2) AS DOUBLE), 0) * 60000 + coalesce(TRY_CAST(substr(v1, 18, 2) AS DOUBLE), 0) * 1000 ELSE coalesce(TRY_CAST(substr(v1, 12, 2) AS DOUBLE), 0) * 3600000 + coalesce(TRY_CAST(substr(v1, 15, 2) AS DOUBLE), 0) * 60000 + round(coalesce(TRY_CAST(regexp_extract(v1, '^.{16}:([0-9]{2}(?:[.][0-9]{1,3})?)', 1) AS DOUBLE), 0) * 1000) + CASE regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\z', 1) WHEN '-' THEN 1 ELSE -1 END * (coalesce(TRY_CAST(regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\z', 2) AS DOUBLE), 0) * 3600000 + coalesce(TRY_CAST(regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\z', 3) AS DOUBLE), 0) * 60000) END END IS NOT NULL AND CASE WHEN (regexp_matches(v1, '^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,9})?)?(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?)?\z') AND TRY_CAST(substr(v1, 1, 10) AS DATE) IS NOT NULL) THEN epoch_ms(TRY_CAST(substr(v1, 1, 10) AS DATE)) + CASE WHEN length(v1) = 10 THEN 0 WHEN length(v1) = 19 THEN coalesce(TRY_CAST(substr(v1, 12, 2) AS DOUBLE), 0) * 3600000 + coalesce(TRY_CAST(substr(v1, 15, 2) AS DOUBLE), 0) * 60000 + coalesce(TRY_CAST(substr(v1, 18, 2) AS DOUBLE), 0) * 1000 ELSE coalesce(TRY_CAST(substr(v1, 12, 2) AS DOUBLE), 0) * 3600000 + coalesce(TRY_CAST(substr(v1, 15, 2) AS DOUBLE), 0) * 60000 + round(coalesce(TRY_CAST(regexp_extract(v1, '^.{16}:([0-9]{2}(?:[.][0-9]{1,3})?)', 1) AS DOUBLE), 0) * 1000) + CASE regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\z', 1) WHEN '-' THEN 1 ELSE -1 END * (coalesce(TRY_CAST(regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\z', 2) AS DOUBLE), 0) * 3600000 + coalesce(TRY_CAST(regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\z', 3) AS DOUBLE), 0) * 60000) END END >= 1704067200000)
AS ok7, (epoch_ms(v3) IS NOT NULL AND epoch_ms(v3) <= 1704067200000)
AS ok8, (isfinite(v2) AND v2 = floor(v2))
AS ok9, FALSE
AS ok10, (length(CAST(v0 AS VARCHAR)) >= 1 AND length(CAST(v0 AS VARCHAR)) <= 3) AS ok11
FROM (SELECT 1 AS row_no, "id" AS v0, NULLIF("a""b`c", '') AS v1, "score" AS v2, "at" AS v3
FROM rides) AS read_values) AS tested
