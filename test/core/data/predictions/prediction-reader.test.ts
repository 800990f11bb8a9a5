import { expect, test } from "vitest";
import {
  PredictionReader,
  predictionColumns,
  RowRefused,
  refuseMissingColumns,
} from "#core/data/predictions/prediction-reader";

const wanted = { id: "id", label: "churned", score: "score", positive: "yes", slices: ["plan", "region"] };
const row = (id: string, label: string, score: string, slices: readonly string[] = []) => ({
  id,
  label,
  score,
  number: score === "" ? undefined : Number(score),
  slices,
});

test("predictions come out by column, in the order they went in", () => {
  const reader = new PredictionReader(wanted);
  reader.add(row("a", "no", "0.25", ["pro", "eu"]));
  reader.add(row("b", "yes", "1", ["free", ""]));
  expect(reader.rows()).toEqual({
    ids: ["a", "b"],
    labels: Uint8Array.of(0, 1),
    scores: Float64Array.of(0.25, 1),
    slices: new Map([
      ["plan", ["pro", "free"]],
      ["region", ["eu", ""]],
    ]),
  });
});

test.each([
  ["an id twice", row("a", "no", "0"), 'the id "a" occurs twice'],
  ["no id", row("", "no", "0"), "the id is missing"],
  ["no label", row("b", "", "0"), "the churned is missing"],
  [
    "a third class",
    row("b", "maybe", "0"),
    'the churned "maybe" is a third class beside "yes" (the positive class) and "no"',
  ],
  ["a score above one", row("b", "no", "1.01"), 'the score "1.01" is not a number from 0 to 1'],
  ["a score that is none", row("b", "no", "high"), 'the score "high" is not a number from 0 to 1'],
  ["no score", row("b", "no", ""), 'the score "" is not a number from 0 to 1'],
])("a row with %s is refused, with its number until its line is known", (_, bad, reason) => {
  const reader = new PredictionReader(wanted);
  reader.add(row("a", "no", "0.5"));
  try {
    reader.add(bad);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(RowRefused);
    expect((error as RowRefused).row).toBe(2);
    expect((error as RowRefused).at("p.csv line 3")).toMatchObject({
      code: "PREDICTIONS_MALFORMED",
      problem: `p.csv line 3: ${reason}.`,
    });
  }
});

test("a long value is cut in the sentence that refuses it", () => {
  const reader = new PredictionReader(wanted);
  expect(() => reader.add(row("a", "no", "9".repeat(500)))).toThrow(/^the score "9{60}…" is not/);
});

test("a column that is not there is told with those that are", () => {
  const header = ["id", "churned", "scores", "plan", "region"];
  expect(() => refuseMissingColumns(wanted, header, "p.csv")).toThrow(
    'p.csv: there is no column "score". The file has the columns "id", "churned", "scores", "plan", "region". Did you mean "scores"?',
  );
  expect(() => refuseMissingColumns(wanted, predictionColumns(wanted), "p.csv")).not.toThrow();
  const many = Array.from({ length: 30 }, (_, at) => `c${at}`);
  expect(() => refuseMissingColumns(wanted, many, "p.csv")).toThrow('"c19" and 10 more.');
});
