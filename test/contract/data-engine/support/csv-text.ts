const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

export const csvOf = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, ...rows].map((row) => `${row.map(quoted).join(",")}\n`).join("");

/** One column, one value per row. */
export const columnOf = (name: string, values: readonly string[]): string =>
  csvOf(
    [name],
    values.map((value) => [value]),
  );

/** Names that would end a quotation, hide, or be taken for another. */
export const HOSTILE_NAMES = [
  'a"b',
  "a\"; COPY (SELECT 1) TO 'owned.csv'; --",
  "a' OR 1=1 --",
  "a/*",
  "*/ DROP TABLE x; /*",
  "a`b",
  "row_no",
  "v0",
  "A",
  "__proto__",
  "constructor",
  "\u202Eabc",
  "a\u200B",
  "ａ",
  "а",
  "😀",
  "x".repeat(10_000),
  "x\ny",
] as const;

/** Lines that a name takes in the header. */
export const linesOf = (name: string): number => name.split("\n").length;
