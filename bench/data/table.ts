/** The benchmark's table as DuckDB SQL: 20 columns, two in a thousand values missing, the same rows for the same count. */
export function tableSql(rows: number): string {
  const some = (expression: string, step: number) => `CASE WHEN i % 499 = ${step} THEN NULL ELSE ${expression} END`;
  const random = (seed: number) => `(hash(i * 31 + ${seed}) % 1000003 / 1000003.0)`;
  const columns = [
    "i AS id",
    "md5(i::VARCHAR) AS token",
    `${some(`round(${random(1)} * 900, 2)::DOUBLE`, 1)} AS amount`,
    `${some(`round(20 + 5 * sqrt(-2 * ln(${random(2)} + 1e-9)) * cos(6.283 * ${random(3)}), 3)::DOUBLE`, 2)} AS temperature`,
    `${some(`round(${random(4)}, 6)::DOUBLE`, 3)} AS score`,
    `${some(`round(exp(3 * ${random(5)}), 4)::DOUBLE`, 4)} AS weight`,
    `round(${random(6)} * 180 - 90, 5)::DOUBLE AS latitude`,
    `round(${random(7)} * 360 - 180, 5)::DOUBLE AS longitude`,
    `${some(`(18 + hash(i + 8) % 70)::INTEGER`, 5)} AS age`,
    "(hash(i + 9) % 1000000)::INTEGER AS user_id",
    "(hash(i + 10) % 12)::INTEGER AS visits",
    "(hash(i + 11) % 100000)::BIGINT * 1000 AS volume",
    "(hash(i + 12) % 2)::INTEGER AS label",
    "(TIMESTAMP '2024-01-01 00:00:00' + to_seconds(i % 31536000))::VARCHAR AS seen_at",
    "(DATE '2020-01-01' + (hash(i + 13) % 1500)::INTEGER)::VARCHAR AS joined",
    "CASE WHEN hash(i + 14) % 3 = 0 THEN 'true' ELSE 'false' END AS active",
    "['north', 'south', 'east', 'west'][1 + (hash(i + 15) % 4)::INTEGER] AS region",
    "['free', 'basic', 'pro'][1 + (hash(i + 16) % 3)::INTEGER] AS plan",
    "'AB-' || lpad((hash(i + 17) % 5000)::VARCHAR, 4, '0') AS product",
    `${some(`'said "' || (hash(i + 18) % 900)::VARCHAR || '", then left'`, 6)} AS comment`,
  ];
  return `SELECT ${columns.join(", ")} FROM range(${rows}) r(i)`;
}
