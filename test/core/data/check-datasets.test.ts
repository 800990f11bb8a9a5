import { describe, expect, test } from "vitest";
import { checkDatasets, type DatasetFile } from "#core/data/check-datasets";
import { columnProfile } from "#core/data/profile/profile-of";
import type { SurveyRequest } from "#core/data/survey";
import { UserError } from "#core/errors";
import type { SharedRows, SurveyEngine } from "#core/ports/data-engine";
import { contract, expectations, NOW, survey, surveyedColumn } from "#test/support/builders/contract";

const of = contract([
  { name: "id", unique: true },
  { name: "age", quality: [{ type: "sql", query: "SELECT 0", mustBe: 0 }] },
  { name: "cost", customProperties: [{ property: "knownOnlyLater", value: true }] },
  { name: "sick", customProperties: [{ property: "role", value: "label" }] },
]);
const columns = ["id", "age", "sick"];
// No two rows have the same age by chance.
const age = columnProfile({
  kind: "numeric",
  name: "age",
  values: Float64Array.from({ length: 100 }, (_, at) => at / 7),
});
const surveyed = [surveyedColumn("age", { profile: age }), surveyedColumn("sick")];
const found = survey(expectations(of), { columns, surveyed, answers: [{ kind: "number", value: 0 }] });

/** An engine that finds every file good, notes what it is asked, and fails where it is told to. */
function scene({ fails, shared = 0 }: { fails?: (request: SurveyRequest) => Error | undefined; shared?: number } = {}) {
  const asked: string[] = [];
  const engine: SurveyEngine = {
    survey: async (path, request) => {
      asked.push(`survey ${path}${request.reference === undefined ? "" : " with reference"}`);
      const failure = fails?.(request);
      if (failure !== undefined) throw failure;
      return { ...found, answers: found.answers.slice(0, request.queries.length) };
    },
    sharedRows: async (left, right, compared = []): Promise<SharedRows> => {
      asked.push(`shared ${left} ${right} in ${compared.join("+")}`);
      return { columns: compared, rows: 1_000, shared, firstLine: shared === 0 ? undefined : 8 };
    },
  };
  const question = { contract: of, now: NOW, related: new Map(), previousRows: undefined };
  const file = (path: string, role: DatasetFile["role"]): DatasetFile => ({ path, place: `/${path}`, role });
  const check = (...files: DatasetFile[]) =>
    checkDatasets(engine, files, { ...question, reference: { kind: "rows", path: "/old" } });
  return { check, asked, file };
}

const lacks = (code: string) => (request: SurveyRequest) =>
  request.queries.length > 0 ? new UserError(code, "No statements here.", "Take another engine.") : undefined;

test("each training file is searched for in the holdout, by the columns a model learns from and the label", async () => {
  const { check, asked, file } = scene();
  await check(file("a", "training"), file("b", "training"), file("h", "holdout"));
  expect(asked).toEqual([
    "survey /a with reference",
    "survey /b",
    "survey /h",
    "shared /a /h in age+sick",
    "shared /b /h in age+sick",
  ]);
});

test("one shared row is an error of the holdout", async () => {
  const { check, file } = scene({ shared: 1 });
  const { found } = await check(file("a", "training"), file("h", "holdout"));
  expect(found.map(({ finding }) => finding)).toMatchObject([
    {
      id: "DATA_SHARED_ROWS",
      severity: "error",
      value: 0.1,
      line: 8,
      sentence: expect.stringMatching(/^h: 1 of 1000/),
    },
  ]);
});

describe("an engine that runs no statements", () => {
  test.each(["ENGINE_LACKS", "DATA_ENGINE_MISSING"])("and says %s still checks the rest", async (code) => {
    const { check, asked, file } = scene({ fails: lacks(code) });
    const { found } = await check(file("a", "training"));
    expect(asked).toHaveLength(2);
    expect(found.map(({ finding }) => finding)).toMatchObject([
      { id: "DATA_QUERY_REFUSED", severity: "error", sentence: expect.stringContaining("No statements here.") },
    ]);
  });

  test("and fails for another reason ends the check", async () => {
    const { check, file } = scene({ fails: lacks("DATA_MALFORMED") });
    await expect(check(file("a", "training"))).rejects.toMatchObject({ code: "DATA_MALFORMED" });
  });
});
