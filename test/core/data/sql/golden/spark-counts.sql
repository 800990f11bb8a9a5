SELECT
count(*), count(v0), count(v1), count(v2), count(v3), count(CASE WHEN v0 IS NOT NULL AND v1 IS NOT NULL THEN struct(v0, v1) END) - count(DISTINCT CASE WHEN v0 IS NOT NULL AND v1 IS NOT NULL THEN struct(v0, v1) END),
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
FROM (SELECT *, (v0 >= CAST('1' AS DECIMAL(38, 0)) AND v0 <= CAST('9007199254740992' AS DECIMAL(38, 0)))
AS ok2, CASE WHEN CASE WHEN v1 RLIKE '^[\\+\\-]?[0-9]+\\z' THEN try_cast(v1 AS DECIMAL(38, 0)) END IS NULL THEN ((NOT isnan(CASE WHEN v1 RLIKE '^[\\+\\-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[Ee][\\+\\-]?[0-9]+)?\\z' THEN try_cast(v1 AS DOUBLE) END) AND abs(CASE WHEN v1 RLIKE '^[\\+\\-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[Ee][\\+\\-]?[0-9]+)?\\z' THEN try_cast(v1 AS DOUBLE) END) < double('Infinity')) AND CASE WHEN v1 RLIKE '^[\\+\\-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[Ee][\\+\\-]?[0-9]+)?\\z' THEN try_cast(v1 AS DOUBLE) END >= CAST('0' AS DOUBLE) AND CASE WHEN v1 RLIKE '^[\\+\\-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[Ee][\\+\\-]?[0-9]+)?\\z' THEN try_cast(v1 AS DOUBLE) END <= CAST('1152921504606847000' AS DOUBLE)) ELSE (CASE WHEN v1 RLIKE '^[\\+\\-]?[0-9]+\\z' THEN try_cast(v1 AS DECIMAL(38, 0)) END >= CAST('0' AS DECIMAL(38, 0)) AND CASE WHEN v1 RLIKE '^[\\+\\-]?[0-9]+\\z' THEN try_cast(v1 AS DECIMAL(38, 0)) END <= CAST('1152921504606846976' AS DECIMAL(38, 0))) END
AS ok3, v1 IN ('it\'s', 'back\\slash', 'nul\u0000')
AS ok4, v2 IN (CAST('1' AS DOUBLE))
AS ok5, v1 RLIKE '^[0-9]+\\\'\\z'
AS ok6, (CASE WHEN (v1 RLIKE '^[0-9]{4}\\-[0-9]{2}\\-[0-9]{2}(?:[ T](?:[0-1][0-9]|2[0-3])\\:[0-5][0-9](?:\\:[0-5][0-9](?:\\.[0-9]{1,9})?)?(?:Z|[\\+\\-](?:[0-1][0-9]|2[0-3])\\:?[0-5][0-9])?)?\\z' AND try_cast(substr(v1, 1, 10) AS DATE) IS NOT NULL) THEN (CAST(datediff(try_cast(substr(v1, 1, 10) AS DATE), DATE'1970-01-01') AS BIGINT) * 86400000) + CASE WHEN char_length(v1) = 10 THEN 0 WHEN char_length(v1) = 19 THEN coalesce(try_cast(substr(v1, 12, 2) AS DOUBLE), 0) * 3600000 + coalesce(try_cast(substr(v1, 15, 2) AS DOUBLE), 0) * 60000 + coalesce(try_cast(substr(v1, 18, 2) AS DOUBLE), 0) * 1000 ELSE coalesce(try_cast(substr(v1, 12, 2) AS DOUBLE), 0) * 3600000 + coalesce(try_cast(substr(v1, 15, 2) AS DOUBLE), 0) * 60000 + round(coalesce(try_cast(regexp_extract(v1, '^.{16}:([0-9]{2}(?:[.][0-9]{1,3})?)', 1) AS DOUBLE), 0) * 1000) + CASE regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\\z', 1) WHEN '-' THEN 1 ELSE -1 END * (coalesce(try_cast(regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\\z', 2) AS DOUBLE), 0) * 3600000 + coalesce(try_cast(regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\\z', 3) AS DOUBLE), 0) * 60000) END END IS NOT NULL AND CASE WHEN (v1 RLIKE '^[0-9]{4}\\-[0-9]{2}\\-[0-9]{2}(?:[ T](?:[0-1][0-9]|2[0-3])\\:[0-5][0-9](?:\\:[0-5][0-9](?:\\.[0-9]{1,9})?)?(?:Z|[\\+\\-](?:[0-1][0-9]|2[0-3])\\:?[0-5][0-9])?)?\\z' AND try_cast(substr(v1, 1, 10) AS DATE) IS NOT NULL) THEN (CAST(datediff(try_cast(substr(v1, 1, 10) AS DATE), DATE'1970-01-01') AS BIGINT) * 86400000) + CASE WHEN char_length(v1) = 10 THEN 0 WHEN char_length(v1) = 19 THEN coalesce(try_cast(substr(v1, 12, 2) AS DOUBLE), 0) * 3600000 + coalesce(try_cast(substr(v1, 15, 2) AS DOUBLE), 0) * 60000 + coalesce(try_cast(substr(v1, 18, 2) AS DOUBLE), 0) * 1000 ELSE coalesce(try_cast(substr(v1, 12, 2) AS DOUBLE), 0) * 3600000 + coalesce(try_cast(substr(v1, 15, 2) AS DOUBLE), 0) * 60000 + round(coalesce(try_cast(regexp_extract(v1, '^.{16}:([0-9]{2}(?:[.][0-9]{1,3})?)', 1) AS DOUBLE), 0) * 1000) + CASE regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\\z', 1) WHEN '-' THEN 1 ELSE -1 END * (coalesce(try_cast(regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\\z', 2) AS DOUBLE), 0) * 3600000 + coalesce(try_cast(regexp_extract(v1, '([+-])([0-9]{2}):?([0-9]{2})\\z', 3) AS DOUBLE), 0) * 60000) END END >= 1704067200000)
AS ok7, (unix_millis(v3) IS NOT NULL AND unix_millis(v3) <= 1704067200000)
AS ok8, ((NOT isnan(v2) AND abs(v2) < double('Infinity')) AND v2 % 1 = 0)
AS ok9, FALSE
AS ok10, (char_length(CAST(v0 AS STRING)) >= 1 AND char_length(CAST(v0 AS STRING)) <= 3) AS ok11
FROM (SELECT 1 AS row_no, `id` AS v0, NULLIF(`a"b``c`, '') AS v1, `score` AS v2, `at` AS v3
FROM rides) AS read_values) AS tested
