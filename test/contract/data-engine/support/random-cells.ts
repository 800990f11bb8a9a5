import fc from "fast-check";

const ODD = [
  "",
  "1",
  "01",
  "-7",
  "+3",
  "1.5",
  "1.",
  ".5",
  "1e3",
  "1e999",
  "1e-400",
  "-0",
  "NaN",
  "inf",
  " 1",
  "1 ",
  "+-1",
  "1_0",
  "0x1",
  "1d",
  "12345678901234567890123",
  "9007199254740993",
  "9007199254740992",
  "2024-02-29",
  "2023-02-29",
  "0000-01-01",
  "2024-01-01T10:00",
  "2024-01-01 10:00Z",
  "2024-01-01T10:00:00.1239+0530",
  "2024-12-31T23:59:59-23:59",
  "2024-01-01T24:00",
  "true",
  "FALSE",
  "yes",
  "x\ny",
  "x\r\n",
  "é",
  "😀",
  "'",
  '"',
  "\\",
  "ſ",
  "١",
] as const;

/** Values on the edge of what a type takes. */
export const anyCell: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(..."0123456789.+-eE_ xTZ:") }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 6 }).filter((text) => !text.includes("\0")) },
);

const numbers = fc.oneof(
  fc.integer({ min: -50, max: 50 }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom("1.0", "+01", "1e0", ".5", "-0", "9007199254740993", "9007199254740992", "1e300", "-1e-300"),
);

/** Cells of a column that is of one kind but for a rare slip, so that whole columns turn numeric or stay words. */
export const kindOfCells: fc.Arbitrary<fc.Arbitrary<string>> = fc.constantFrom<fc.Arbitrary<string>>(
  fc.oneof({ weight: 9, arbitrary: numbers }, { weight: 1, arbitrary: fc.constant("") }),
  fc.oneof({ weight: 30, arbitrary: numbers }, { weight: 1, arbitrary: anyCell }),
  fc.constantFrom("1", "2", "3"),
  fc.constantFrom("Climb", "Descent", "Approach", ""),
  fc.constantFrom("2024-01-01", "2024-02-29", "2024-03-01T10:00Z"),
  fc.constantFrom("true", "FALSE", ""),
  fc.constantFrom("ada@example.org", "grace@example.org", "nobody"),
  fc.constant(""),
  anyCell,
);
