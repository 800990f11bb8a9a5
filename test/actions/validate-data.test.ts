import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { validateData } from "#actions/validate-data/action";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { patternTest } from "#adapters/csv/pattern";
import { folderFiles } from "#adapters/filesystem/files";
import { givenFiles } from "#adapters/filesystem/given-files";
import { yamlDocuments } from "#adapters/yaml/documents";
import type { PrintedReport } from "#core/data/report-of";
import { ValidationReport } from "#core/data/validation-report";
import { consoleRunner } from "#kit/console-runner";
import { runAction } from "#kit/run-action";
import { memoryConsole } from "#test/kit/support/memory-console";
import { modelEntry } from "#test/support/builders/config";
import { contractText } from "#test/support/builders/contract";
import { temporaryFolder } from "#test/support/temporary-folder";

type Json = Record<string, unknown>;
type Row = (at: number) => string;

// Enough to tell a drift at the floor from none.
const ROWS = 900;
// The cycles of 40, 3 and 11 share no factor, so no column tells another.
const row: Row = (at) => `${at},2026-03-01,${20 + (at % 40)},${at % 3 === 0 ? "Climb" : "Descent"},${(at % 11) % 2}`;
const table = (of: Row = row, rows = ROWS) =>
  `id,day,age,phase,sick\n${Array.from({ length: rows }, (_, at) => of(at)).join("\n")}\n`;
const fresh: Row = (at) =>
  row(at + ROWS).replace(/,(\d+),(Climb|Descent)/, (_, age, phase) => `,${Number(age) + 0.5},${phase}`);

const COLUMNS: readonly Json[] = [
  { name: "id", logicalType: "integer", required: true, unique: true },
  { name: "day", logicalType: "date", required: true },
  { name: "age", logicalType: "number", required: true, logicalTypeOptions: { minimum: 0, maximum: 120 } },
  {
    name: "phase",
    quality: [{ metric: "invalidValues", arguments: { validValues: ["Climb", "Descent"] }, mustBe: 0 }],
  },
  { name: "sick", logicalType: "integer", customProperties: [{ property: "role", value: "label" }] },
];
const contract = (quality: readonly Json[] = [], facts: Json = {}) =>
  JSON.stringify(contractText(COLUMNS, quality, facts), undefined, 2);

/** Runs the action as the command line does, in a folder of these files. */
async function validate(files: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  const all: Readonly<Record<string, string>> = { "data.csv": table(), "contract.json": contract(), ...files };
  for (const [name, text] of Object.entries(all)) await writeFile(join(folder, name), text);
  const { console, written } = memoryConsole();
  const values = { data: "data.csv", contract: "contract.json", ...inputs };
  const exitCode = await runAction(validateData, consoleRunner({ console, values, json: true }), () => ({
    files: folderFiles(folder),
    given: givenFiles(folder),
    documents: yamlDocuments(),
    engine: csvDataEngine(),
    clock: () => new Date("2026-03-02T10:00:00Z"),
    refusePattern: (pattern) => void patternTest(pattern),
  }));
  const document = JSON.parse(written.stdout) as PrintedReport & { error?: { code: string; problems: string[] } };
  const left = (await readdir(folder)).filter((name) => all[name] === undefined);
  return { exitCode, document, stderr: written.stderr, left, folder };
}

const ids = ({ document }: Awaited<ReturnType<typeof validate>>) => document.findings.map(({ id }) => id);

describe("data that keeps its contract", () => {
  test("passes with 0, and --json is one document with the profile in it", async () => {
    const result = await validate({}, {});
    expect(result).toMatchObject({
      exitCode: 0,
      document: { verdict: "pass", findings: [], drift: null, anonymity: null },
    });
    expect(result.document.profile?.columns.map(({ name }) => name)).toEqual(["id", "day", "age", "phase", "sick"]);
    expect(result.document.datasets).toMatchObject([{ path: "data.csv", role: "training", rows: ROWS }]);
  });

  test("leaves a small report that names the profile beside it", async () => {
    const { folder, document } = await validate({}, {});
    const files = folderFiles(folder);
    const report = ValidationReport.parse(JSON.parse(await files.readText(".tidemark/validation-data.json")));
    expect(report).toEqual({ ...document, profile: undefined });
    expect(JSON.parse(await files.readText(report.profilePath ?? ""))).toEqual(document.profile);
  });
});

describe("data that breaks a promise fails with 1, and each says which", () => {
  const broken =
    (change: (text: string) => string): Row =>
    (at) =>
      at === 17 ? change(row(at)) : row(at);

  test.each<[string, Row, Readonly<Record<string, string>>, string]>([
    ["a value out of range", broken((text) => text.replace(",37,", ",137,")), {}, "DATA_OUT_OF_RANGE"],
    ["a word where a number belongs", broken((text) => text.replace(",37,", ",old,")), {}, "DATA_WRONG_TYPE"],
    ["a missing value", broken((text) => text.replace(",37,", ",,")), {}, "DATA_MISSING_VALUES"],
    ["a value nobody allowed", broken((text) => text.replace("Descent", "Taxi")), {}, "DATA_INVALID_VALUES"],
    ["a key used twice", broken((text) => text.replace(/^17/, "16")), {}, "DATA_DUPLICATE_VALUES"],
    [
      "too few rows",
      row,
      { "contract.json": contract([{ metric: "rowCount", mustBeGreaterThan: ROWS }]) },
      "DATA_ROW_COUNT",
    ],
    [
      "no new rows",
      row,
      {
        "contract.json": contract([], {
          slaProperties: [{ property: "latency", value: 12, unit: "h", element: "day" }],
        }),
      },
      "none",
    ],
  ])("%s", async (_, of, files, id) => {
    const result = await validate({ "data.csv": table(of), ...files }, {});
    if (id === "none") expect(result).toMatchObject({ exitCode: 0 });
    else expect([result.exitCode, result.document.verdict, ids(result)]).toEqual([1, "fail", [id]]);
  });

  test("a stale file, counted from the clock", async () => {
    const slaProperties = [{ property: "latency", value: 12, unit: "h", element: "day" }];
    const stale = table((at) => row(at).replace("2026-03-01", "2026-02-28"));
    const result = await validate({ "data.csv": stale, "contract.json": contract([], { slaProperties }) }, {});
    expect([result.exitCode, ids(result)]).toEqual([1, ["DATA_STALE"]]);
  });

  test("with the line of the contract and the line of the file", async () => {
    const { stderr } = await validate({ "data.csv": table(broken((text) => text.replace(",37,", ",137,"))) }, {});
    const line =
      contract()
        .split("\n")
        .findIndex((text) => text.includes('"logicalTypeOptions"')) + 1;
    expect(stderr).toContain(
      `error: contract.json:${line}: data.csv: Column "age": 1 of 900 (0.1 %) values are outside`,
    );
    expect(stderr).toContain("Look at line 19 of the file first.");
  });

  test("five at once, and not one raw value of them", async () => {
    const bad = broken(() => "16,yesterday,Ada Lovelace,Taxi,7");
    const result = await validate({ "data.csv": table(bad) }, {});
    expect(ids(result).sort()).toEqual([
      "DATA_DUPLICATE_VALUES",
      "DATA_INVALID_VALUES",
      "DATA_WRONG_TYPE",
      "DATA_WRONG_TYPE",
    ]);
    expect(JSON.stringify(result.document.findings) + result.stderr).not.toMatch(/Lovelace|Taxi|yesterday/);
  });
});

describe("a holdout", () => {
  test("without training rows passes", async () => {
    const result = await validate({ "holdout.csv": table(fresh) }, { holdout: "holdout.csv" });
    expect([result.exitCode, ids(result)]).toEqual([0, []]);
    expect(result.document.datasets.map(({ role }) => role)).toEqual(["training", "holdout"]);
  });

  test("with training rows under other keys fails with their share (F-62)", async () => {
    const precise =
      (of: Row): Row =>
      (at) =>
        of(at).replace(/,(\d[\d.]*),(Climb|Descent)/, `,${20 + at / 97},$2`);
    const leaked: Row = (at) => (at < 90 ? precise(row)(at).replace(/^\d+/, String(at + 5_000)) : fresh(at));
    const files = { "data.csv": table(precise(row)), "holdout.csv": table(leaked) };
    const result = await validate(files, { holdout: "holdout.csv" });
    expect(result.exitCode).toBe(1);
    expect(result.document.findings).toMatchObject([
      { id: "DATA_SHARED_ROWS", severity: "error", value: 10, threshold: 0, rows: ROWS, line: 2 },
    ]);
  });

  test("whose rows are like the training rows by chance is known by their keys", async () => {
    const alike: Row = (at) => row(at).replace(/^\d+/, String(at + 5_000));
    expect((await validate({ "holdout.csv": table(alike) }, { holdout: "holdout.csv" })).exitCode).toBe(0);
    const same: Row = (at) => (at === 3 ? row(at) : alike(at));
    const result = await validate({ "holdout.csv": table(same) }, { holdout: "holdout.csv" });
    expect(result.document.findings).toMatchObject([{ id: "DATA_SHARED_ROWS", severity: "error", line: 5 }]);
  });

  test("may share what the contract allows", async () => {
    const implementation = { check: "sharedRows", mustBeLessOrEqualTo: 10 };
    const files = {
      "holdout.csv": table((at) => (at < 90 ? row(at).replace(/^\d+/, String(at + 5_000)) : fresh(at))),
      "contract.json": contract([{ type: "custom", engine: "tidemark", implementation }]),
    };
    expect((await validate(files, { holdout: "holdout.csv" })).exitCode).toBe(0);
  });

  test("is not held to freshness", async () => {
    const old: Row = (at) => fresh(at).replace("2026-03-01", "2020-01-01");
    const slaProperties = [{ property: "latency", value: 2, unit: "d", element: "day" }];
    const files = { "holdout.csv": table(old), "contract.json": contract([], { slaProperties }) };
    expect(ids(await validate(files, { holdout: "holdout.csv" }))).toEqual([]);
  });
});

describe("a reference", () => {
  const older: Row = (at) =>
    row(at).replace(/,(\d+),(Climb|Descent)/, (_, age, phase) => `,${Number(age) + 25},${phase}`);

  test("of rows shows the column that moved, not the key and not the date", async () => {
    const before = table((at) => row(at + 1_800).replace("2026-03-01", "2025-03-01"));
    const moved = table(older);
    const result = await validate({ "before.csv": before, "data.csv": moved }, { reference: "before.csv" });
    expect([result.exitCode, ids(result)]).toEqual([0, ["DRIFT_VALUES"]]);
    expect(result.document.drift?.columns.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["age", "drifted"],
      ["phase", "no drift"],
      ["sick", "no drift"],
    ]);
    expect(result.document.reference).toEqual({ path: "before.csv", kind: "rows" });
  });

  test("as a committed profile gives the same verdicts as its rows", async () => {
    const { document } = await validate({}, {});
    const profile = {
      "profile.json": JSON.stringify(document.profile),
      "before.csv": table(),
      "data.csv": table(older),
    };
    const [stored, rows] = [
      await validate(profile, { reference: "profile.json" }),
      await validate(profile, { reference: "before.csv" }),
    ];
    const verdicts = (result: typeof stored) => result.document.drift?.columns.map(({ verdict }) => verdict);
    expect(verdicts(stored)).toEqual(verdicts(rows));
    expect(verdicts(stored)).toContain("drifted");
  });

  test("named by the model is used when it is there", async () => {
    const { document } = await validate({}, {});
    const data = { train: "data.csv", holdout: "holdout.csv", "reference-profile": "profile.json" };
    const config = JSON.stringify({ models: { churn: modelEntry({ data, contract: "contract.json" }) } });
    const files = { "tidemark.json": config, "holdout.csv": table(fresh) };
    const given = { model: "churn", config: "tidemark.json", data: "", contract: "" };
    const first = await validate(files, given);
    expect([first.exitCode, first.document.reference]).toEqual([0, null]);
    const next = await validate({ ...files, "profile.json": JSON.stringify(document.profile) }, given);
    expect([next.exitCode, next.document.reference]).toEqual([0, { path: "profile.json", kind: "profile" }]);
  });

  test("lacking a column that the data lacks too is told once", async () => {
    const without = table((at) => row(at).replace(/,(Climb|Descent)/, "")).replace(",phase", "");
    const result = await validate({ "data.csv": without, "before.csv": table() }, { reference: "before.csv" });
    expect(ids(result)).toEqual(["DATA_COLUMN_MISSING"]);
  });
});

test("the previous report gives the row count to compare with", async () => {
  const implementation = { check: "rowCountChange", mustBeGreaterOrEqualTo: -10 };
  const files = { "contract.json": contract([{ type: "custom", engine: "tidemark", implementation }]) };
  const { document } = await validate(files, {});
  expect(document.findings).toMatchObject([{ id: "DATA_NO_PREVIOUS", severity: "note" }]);
  const shorter = {
    ...files,
    "data.csv": table(row, 200),
    "before.json": JSON.stringify({ ...document, profile: undefined }),
  };
  const result = await validate(shorter, { previous: "before.json" });
  expect([result.exitCode, ids(result)]).toEqual([1, ["DATA_ROW_COUNT_CHANGE"]]);
});

test("a foreign key is looked up in the related file", async () => {
  const relationships = [{ from: "rows.phase", to: "phases.name" }];
  const files = { "contract.json": contract([], { object: { relationships } }), "phases.csv": "name\nClimb\n" };
  const result = await validate(files, { related: "phases=phases.csv" });
  expect(result.document.findings).toMatchObject([{ id: "DATA_UNKNOWN_KEY", column: "phase", value: 600 }]);
});

test("a query that this engine cannot run is an error, and the rest is still told", async () => {
  const rule = { type: "sql", query: "SELECT count(*) FROM data", mustBeGreaterThan: 0 };
  const bad = table((at) => (at === 17 ? row(at).replace("Descent", "Taxi") : row(at)));
  const result = await validate({ "contract.json": contract([rule]), "data.csv": bad }, {});
  expect([result.exitCode, ids(result)]).toEqual([1, ["DATA_INVALID_VALUES", "DATA_QUERY_REFUSED"]]);
});

test("a column that tells the label is suspected", async () => {
  const told = table((at) => `${at},2026-03-01,${20 + ((at * 17) % 40)},Climb,${(at * 17) % 40 > 20 ? 1 : 0}`);
  const result = await validate({ "data.csv": told }, {});
  expect(result.document.findings).toMatchObject([{ id: "DATA_LABEL_GIVEN_AWAY", severity: "warning", column: "age" }]);
});

describe("what cannot be read ends with 2 and leaves nothing behind", () => {
  test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, string]>([
    ["F-01 an empty file", { "data.csv": "" }, {}, "DATA_EMPTY"],
    ["F-01 a header alone", { "data.csv": "id,day,age,phase,sick\n" }, {}, "DATA_EMPTY"],
    ["F-02 a short row", { "data.csv": `${table()}1,2\n` }, {}, "DATA_MALFORMED"],
    ["F-20 a broken contract", { "contract.json": "{}" }, {}, "CONTRACT_INVALID"],
    [
      "F-22 a pattern that cannot be run, before the data is opened",
      { "contract.json": JSON.stringify(contractText([{ name: "id", logicalTypeOptions: { pattern: "(?=a)" } }])) },
      { data: "nowhere.csv" },
      "CONTRACT_INVALID",
    ],
    ["a reference that is no profile", { "profile.json": "{}" }, { reference: "profile.json" }, "PROFILE_UNREADABLE"],
    ["a reference that is not there", {}, { reference: "nowhere.csv" }, "DATA_MISSING"],
    ["a holdout that is not there", {}, { holdout: "nowhere.csv" }, "DATA_MISSING"],
    ["a previous snapshot that is none", { "before.json": "{}" }, { previous: "before.json" }, "PREVIOUS_UNREADABLE"],
    ["a related file without a name", {}, { related: "phases.csv" }, "INPUT_INVALID"],
  ])("%s", async (_, files, inputs, code) => {
    const { exitCode, document, left } = await validate(files, inputs);
    expect([exitCode, document.error?.code, left]).toEqual([2, code, []]);
  });
});

test("F-07 five thousand unknown columns are a short report that says how much it leaves out", async () => {
  const names = Array.from({ length: 5_000 }, (_, at) => `c${at}`);
  const wide = `${names.join(",")}\n${names.map(() => "1").join(",")}\n`;
  const of = JSON.stringify(contractText([{ name: "c0", unique: true }]));
  const { folder, document } = await validate({ "data.csv": wide, "contract.json": of }, {});
  expect(document.findings).toHaveLength(4_999);
  const report = JSON.parse(await folderFiles(folder).readText(".tidemark/validation-data.json"));
  expect([report.findings.length, report.omitted.findings]).toEqual([1_000, 3_999]);
});

test("files may lie anywhere on the machine when a person names them", async () => {
  const elsewhere = await temporaryFolder();
  await writeFile(join(elsewhere, "rows.csv"), table());
  expect((await validate({}, { data: join(elsewhere, "rows.csv") })).exitCode).toBe(0);
});
