import { expect, test } from "vitest";
import { Finding } from "#core/data/finding";
import { anonymity } from "#core/data/privacy/anonymity";
import { detectPersonalData } from "#core/data/privacy/detect-personal-data";
import { anonymityFindings, personalDataFinding } from "#core/data/privacy/privacy-findings";

const sensitive = (counts: Record<string, number>) => new Map(Object.entries(counts));

// Machanavajjhala et al. 2007, figure 3: their 3-diverse table of three groups of four.
const DIVERSE = [
  { rows: 4, sensitive: sensitive({ heart: 1, viral: 1, cancer: 2 }) },
  { rows: 4, sensitive: sensitive({ cancer: 1, heart: 1, viral: 2 }) },
  { rows: 4, sensitive: sensitive({ heart: 1, viral: 1, cancer: 2 }) },
];

test("a published 4-anonymous, 3-diverse table is measured as such", () => {
  const measured = anonymity(DIVERSE, 4);
  expect(measured).toMatchObject({ groups: 3, rows: 12, k: 4, l_distinct: 3, small_groups: 0, small_rows: 0 });
  // Entropy of (¼, ¼, ½) is 1.5·ln 2, so entropy l is 2^1.5.
  expect(measured.l_entropy).toBe(2.828427125);
});

test("a group that shares one sensitive value is told, and its rows are counted", () => {
  const measured = anonymity([...DIVERSE, { rows: 2, sensitive: sensitive({ cancer: 2, none: 0 }) }], 4);
  expect(measured).toMatchObject({ k: 2, l_distinct: 1, l_entropy: 1, small_groups: 1, small_rows: 2 });
  const findings = anonymityFindings(measured, { columns: ["zip", "age"], k: 4, l: 2 });
  expect(findings.map(({ id, value }) => [id, value])).toEqual([
    ["PRIVACY_SMALL_GROUP", 2],
    ["PRIVACY_GIVEN_AWAY", 1],
  ]);
  expect(findings[0]!.sentence).toBe('Columns "zip, age": 2 of 14 rows are in 1 groups of fewer than 4.');
  for (const finding of findings) expect(Finding.safeParse(finding).success).toBe(true);
});

test("without a sensitive column only k is measured; without rows nothing is", () => {
  expect(anonymity([{ rows: 7 }], 5)).toMatchObject({ k: 7, l_distinct: null, l_entropy: null });
  expect(anonymity([], 5)).toMatchObject({ k: null, groups: 0 });
  expect(anonymityFindings(anonymity([{ rows: 7 }], 5), { columns: ["zip"], k: 5 })).toEqual([]);
});

test("a group without any sensitive value gives nothing away and lowers no l", () => {
  const measured = anonymity([...DIVERSE, { rows: 4, sensitive: sensitive({}) }], 4);
  expect(measured).toMatchObject({ groups: 4, l_distinct: 3, l_entropy: 2.828427125 });
  expect(anonymity([{ rows: 4, sensitive: sensitive({}) }], 4)).toMatchObject({ l_distinct: null, l_entropy: null });
});

test("equal shares of l values have entropy l exactly, and are not a finding", () => {
  const measured = anonymity([{ rows: 9, sensitive: sensitive({ a: 3, b: 3, c: 3 }) }], 5);
  expect(measured.l_entropy).toBe(3);
  expect(anonymityFindings(measured, { columns: ["zip"], k: 5, l: 3 })).toEqual([]);
});

test("a finding of personal data tells the kind and never a value", () => {
  const found = detectPersonalData({
    name: "contact email",
    values: ["ada@example.org", "none", "grace@example.org"],
  })!;
  const finding = personalDataFinding(found, 300);
  expect(Finding.parse(finding).sentence).toBe(
    'Column "contact email" seems to hold: e-mail address (2 of 3 distinct values looked at have the form, and its name says so).',
  );
  expect(JSON.stringify(finding)).not.toContain("example.org");
});
