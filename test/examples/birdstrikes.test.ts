// Runs the example as a user would: its scripts as processes of their own, on its real data.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { yamlDocuments } from "#adapters/yaml/documents";
import { checkDatasets } from "#core/data/check-datasets";
import { readContract } from "#core/data/read-contract";

const run = promisify(execFile);
const EXAMPLE = join(import.meta.dirname, "../../examples/birdstrikes");
type Row = Record<string, string>;

let scratch: string;
let champion: Training;
let again: Training;
let challenger: Training;
let worse: Training;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "birdstrikes-"));
  champion = await training("champion");
  again = await training("again");
  challenger = await training("challenger", (params) => ({ ...params, "train-until": 1998 }));
  worse = await training("worse", (params) => ({ ...params, "train-until": 1998, features: ["speed"] }));
}, 60_000);

afterAll(() => rm(scratch, { recursive: true, force: true }));

describe("prepare", () => {
  test("puts the years until train-until into train and 1999 to 2000 into holdout", () => {
    expect(years(champion.train)).toEqual([1990, 1991, 1992, 1993, 1994, 1995]);
    expect(years(challenger.train)).toEqual([1990, 1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998]);
    expect(years(champion.holdout)).toEqual([1999, 2000]);
    expect([champion.train.length, challenger.train.length, champion.holdout.length]).toEqual([3748, 6272, 2006]);
  });

  test("writes one and the same holdout whatever the parameters, and no row of it into train", async () => {
    expect(await readFile(challenger.env.TIDEMARK_DATA_HOLDOUT)).toEqual(
      await readFile(champion.env.TIDEMARK_DATA_HOLDOUT),
    );
    const held = new Set(challenger.holdout.map(({ id }) => id));
    expect(challenger.train.filter(({ id }) => held.has(id))).toEqual([]);
  });

  test("refuses parameters that would train on the holdout", async () => {
    const failure = await failing("leak", (params) => ({ ...params, "train-until": 1999 }), "prepare.ts");
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining("training would see the answers") });
  });
});

describe("contract", () => {
  test("is true of both training ranges and of the holdout", async () => {
    const contract = parseYaml(await readFile(join(EXAMPLE, "contracts/birdstrikes.odcs.yaml"), "utf8"));
    const [schema] = contract.schema;
    for (const rows of [champion.train, challenger.train, champion.holdout]) {
      expect(
        schema.properties.map(({ name }: Property) => name).filter((name: string) => !name.startsWith("cost_")),
      ).toEqual(Object.keys(rows[0]!));
      expect(rows.length).toBeGreaterThanOrEqual(schema.quality[0].mustBeGreaterOrEqualTo);
      expect(schema.properties.flatMap((property: Property) => broken(property, rows))).toEqual([]);
    }
  });

  test("is read and kept by our own check, which finds nothing at all to say", async () => {
    const text = await readFile(join(EXAMPLE, "contracts/birdstrikes.odcs.yaml"), "utf8");
    const question = {
      contract: readContract(text, yamlDocuments(), "birdstrikes.odcs.yaml"),
      now: new Date("2026-03-02"),
      related: new Map(),
      previousRows: undefined,
      reference: undefined,
    };
    const file = (place: string, role: "training" | "holdout") => ({ path: role, place, role });
    const { TIDEMARK_DATA_TRAIN: train, TIDEMARK_DATA_HOLDOUT: holdout } = challenger.env;
    const { found } = await checkDatasets(
      csvDataEngine(),
      [file(train, "training"), file(holdout, "holdout")],
      question,
    );
    expect(found.map(({ finding }) => finding)).toEqual([]);
  });

  test("marks exactly the costs and the label as known only later, and the model sees none of them", async () => {
    const contract = parseYaml(await readFile(join(EXAMPLE, "contracts/birdstrikes.odcs.yaml"), "utf8"));
    const later = contract.schema[0].properties.filter(({ customProperties = [] }: Property) =>
      customProperties.some(({ property, value }) => property === "knownOnlyLater" && value === true),
    );
    expect(later.map(({ name }: Property) => name)).toEqual(["cost_other", "cost_repair", "cost_total", "damage"]);
    const failure = await failing("costs", (params) => ({ ...params, features: ["speed", "cost_total"] }), "train.ts");
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining("not cost_total") });
  });
});

describe("train", () => {
  test("gives the same model and predictions for the same seed, and others for another seed", async () => {
    expect(await digestOf(again.model)).toBe(await digestOf(champion.model));
    expect(again.predictions).toEqual(champion.predictions);
    const reseeded = await training("reseeded", (params) => params, { TIDEMARK_SEED: "8" });
    expect(await digestOf(reseeded.model)).not.toBe(await digestOf(champion.model));
  });

  test("predicts every row of the holdout once, with the slice columns", () => {
    expect(champion.predictions.map(({ id }) => id)).toEqual(champion.holdout.map(({ id }) => id));
    expect(Object.keys(champion.predictions[0]!)).toEqual(["id", "y_true", "score", "phase", "time_of_day"]);
    expect(champion.predictions.every(({ score }) => Number(score) > 0 && Number(score) < 1)).toBe(true);
  });

  test("improves with three more years of data and gets clearly worse when it sees the speed only", () => {
    expect(challenger.metrics.roc_auc).toBeGreaterThan(champion.metrics.roc_auc);
    expect(worse.metrics.roc_auc).toBeLessThan(champion.metrics.roc_auc - 0.1);
  });

  test("leaves a model that predicts the same after it is loaded again", async () => {
    const output = join(scratch, "rescored");
    const env = { ...process.env, ...champion.env, TIDEMARK_MODEL_DIR: champion.model, TIDEMARK_OUTPUT: output };
    await run(process.execPath, [join(EXAMPLE, "predict.ts")], { env });
    expect(await csv(join(output, "predictions.csv"))).toEqual(champion.predictions);
  });
});

describe("serve", () => {
  let server: Server;
  beforeAll(async () => {
    server = await serve(challenger.model);
  });
  afterAll(() => server.child.kill("SIGKILL"));

  test("answers the health, server and model routes of the Open Inference Protocol", async () => {
    expect(await server.get("/v2")).toMatchObject({ status: 200, body: { name: "birdstrikes", extensions: [] } });
    expect(await server.get("/v2/health/live")).toMatchObject({ status: 200, body: { live: true } });
    expect(await server.get("/v2/health/ready")).toMatchObject({ status: 200, body: { ready: true } });
    expect(await server.get("/v2/models/bird-damage/ready")).toMatchObject({ status: 200, body: { ready: true } });
  });

  test("reports the digest of the files it loaded", async () => {
    const digest = await digestOf(challenger.model);
    expect(await server.get("/v2/models/bird-damage")).toMatchObject({
      status: 200,
      body: { name: "bird-damage", versions: [digest], properties: { "model.digest": digest } },
    });
  });

  test("scores strikes as the training run did", async () => {
    const rows = challenger.holdout.slice(0, 50);
    const { status, body } = await server.infer({ id: "fifty", inputs: tensors(rows) });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      model_name: "bird-damage",
      id: "fifty",
      model_version: expect.stringMatching(/^sha256:/),
    });
    const { name, datatype, shape, data } = body.outputs[0];
    expect({ name, datatype, shape }).toEqual({ name: "score", datatype: "FP64", shape: [50] });
    for (const [index, score] of data.entries()) {
      expect(score).toBeCloseTo(Number(challenger.predictions[index]?.["score"]), 6);
    }
  });

  test("takes categories it has never seen and an unknown speed", async () => {
    const stranger = { ...challenger.holdout[0]!, species: "Dodo", airport: "ATLANTIS", speed: "" };
    expect(await server.infer({ inputs: tensors([stranger]) })).toMatchObject({ status: 200 });
  });

  test.each<[string, unknown, string]>([
    ["a body that is not JSON", "{", "not a JSON object"],
    ["a body without inputs", {}, '"inputs" must be a list'],
    ["a missing input", { inputs: tensorsOf("speed", [120]) }, "Missing inputs: aircraft_model"],
    ["an input known only later", { inputs: tensorsOf("cost_total", [0]) }, 'Unknown input "cost_total"'],
    ["a number sent as text", { inputs: tensorsOf("speed", ["fast"], "FP64") }, "number of knots"],
    ["the wrong datatype", { inputs: tensorsOf("speed", [120], "INT64") }, "must be FP64"],
    ["a date that is none", { inputs: tensorsOf("flight_date", ["2000-13-01"], "BYTES") }, "must be a date"],
    [
      "a shape that does not fit",
      { inputs: [{ ...tensorsOf("speed", [1, 2])[0], shape: [3] }] },
      "must have the shape",
    ],
    ["an input that is null", { inputs: [null] }, "Unknown input"],
  ])("refuses %s with 400 and says why", async (_, request, reason) => {
    expect(await server.infer(request)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining(reason) },
    });
  });

  test("refuses inputs of different lengths and inputs that are there twice", async () => {
    const inputs = tensors(challenger.holdout.slice(0, 2));
    const shorter = [...inputs.slice(1), ...tensors(challenger.holdout.slice(0, 1)).slice(0, 1)];
    expect(await server.infer({ inputs: shorter })).toMatchObject({ status: 400 });
    expect(await server.infer({ inputs: [...inputs, inputs[0]] })).toMatchObject({ status: 400 });
  });

  test("refuses other models, paths, methods and bodies over 1 MB", async () => {
    expect(await server.get("/v2/models/other")).toMatchObject({ status: 404, body: { error: expect.any(String) } });
    expect(await server.get("/metrics")).toMatchObject({ status: 404 });
    expect(await server.get("/v2/models/bird-damage/infer")).toMatchObject({ status: 405 });
    expect(await server.infer("x".repeat(1024 * 1024 + 1))).toMatchObject({ status: 413 });
    expect(await server.get("/v2/health/ready")).toMatchObject({ status: 200 });
  });

  test("leaves with 0 on SIGTERM", async () => {
    const other = await serve(champion.model);
    const exit = new Promise((resolve) => other.child.once("exit", resolve));
    other.child.kill("SIGTERM");
    expect(await exit).toBe(0);
  });

  test.each<[string, (folder: string) => Promise<void>, string]>([
    ["has lost its weights", (folder) => rm(join(folder, "weights.bin")), "weights.bin is missing"],
    ["is cut short", (folder) => writeFile(join(folder, "weights.bin"), "short"), "weights.bin has 5 bytes instead of"],
    ["is not JSON", (folder) => writeFile(join(folder, "model.json"), "<html>"), "Cannot load the model"],
    ["does not exist", (folder) => rm(folder, { recursive: true }), "Cannot load the model"],
  ])("leaves with 1 and one sentence when the model %s", async (name, breakIt, sentence) => {
    const folder = join(scratch, name.replaceAll(" ", "-"));
    await cp(champion.model, folder, { recursive: true });
    await breakIt(folder);
    const failure = await serve(folder).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining(sentence) });
    expect((failure as { stderr: string }).stderr.trim().split("\n")).toHaveLength(1);
  });
});

interface Training {
  env: { TIDEMARK_DATA_TRAIN: string; TIDEMARK_DATA_HOLDOUT: string; TIDEMARK_OUTPUT: string; TIDEMARK_PARAMS: string };
  model: string;
  train: Row[];
  holdout: Row[];
  predictions: Row[];
  metrics: { roc_auc: number };
}

type Params = Record<string, unknown>;
type Change = (params: Params) => Params;
const unchanged: Change = (params) => params;

/** Prepares and trains in a folder of its own; nothing is written to the example. */
async function training(name: string, change = unchanged, extra: Row = {}): Promise<Training> {
  const env = await environment(name, change);
  const options = { env: { ...process.env, ...env, ...extra } };
  await run(process.execPath, [join(EXAMPLE, "prepare.ts"), join(scratch, name)], options);
  await run(process.execPath, [join(EXAMPLE, "train.ts")], options);
  return {
    env,
    model: join(env.TIDEMARK_OUTPUT, "model"),
    train: await csv(env.TIDEMARK_DATA_TRAIN),
    holdout: await csv(env.TIDEMARK_DATA_HOLDOUT),
    predictions: await csv(join(env.TIDEMARK_OUTPUT, "predictions.csv")),
    metrics: JSON.parse(await readFile(join(env.TIDEMARK_OUTPUT, "metrics.json"), "utf8")),
  };
}

async function failing(name: string, change: Change, script: string): Promise<{ code: number; stderr: string }> {
  const env = { ...process.env, ...(await environment(name, change)) };
  const child = run(process.execPath, [join(EXAMPLE, script), join(scratch, name)], { env });
  return child.then(
    () => ({ code: 0, stderr: "" }),
    (error) => ({ code: error.code, stderr: error.stderr }),
  );
}

async function environment(name: string, change: Change): Promise<Training["env"]> {
  const folder = join(scratch, name);
  await mkdir(folder, { recursive: true });
  const params = change(parseYaml(await readFile(join(EXAMPLE, "params.yaml"), "utf8")));
  await writeFile(join(folder, "params.yaml"), JSON.stringify(params));
  return {
    TIDEMARK_DATA_TRAIN: join(folder, "train.csv"),
    TIDEMARK_DATA_HOLDOUT: join(folder, "holdout.csv"),
    TIDEMARK_OUTPUT: folder,
    TIDEMARK_PARAMS: join(folder, "params.yaml"),
  };
}

async function csv(path: string): Promise<Row[]> {
  return parseCsv(await readFile(path, "utf8"), { columns: true });
}

const years = (rows: Row[]): number[] =>
  [...new Set(rows.map((row) => Number(row["flight_date"]?.slice(0, 4))))].sort((left, right) => left - right);

/** The product-wide digest, written a second time from its definition. The model folder of the example is flat. */
async function digestOf(folder: string): Promise<string> {
  const sha256 = (content: Buffer | string) => createHash("sha256").update(content).digest("hex");
  let lines = "";
  for (const path of (await readdir(folder)).sort()) {
    const bytes = await readFile(join(folder, path));
    lines += `${path} ${bytes.length} ${sha256(bytes)}\n`;
  }
  return `sha256:${sha256(lines)}`;
}

interface Property {
  name: string;
  logicalType: string;
  required?: boolean;
  unique?: boolean;
  logicalTypeOptions?: { minimum?: number | string; maximum?: number | string; maxLength?: number; pattern?: string };
  quality?: { metric: string; mustBe?: number; mustBeLessOrEqualTo?: number; arguments?: { validValues: unknown[] } }[];
  customProperties?: { property: string; value: unknown }[];
}

/** The promises of a property that the rows break. */
function broken(property: Property, rows: Row[]): string[] {
  const values = rows.map((row) => row[property.name] ?? "").filter((value) => value !== "");
  const { minimum, maximum, maxLength = Infinity, pattern = "" } = property.logicalTypeOptions ?? {};
  const isInteger = property.logicalType === "integer";
  const typed = values.map((value) => (isInteger ? Number(value) : value));
  const checks: Record<string, boolean> = {
    required: property.required !== true || values.length === rows.length,
    unique: property.unique !== true || new Set(values).size === rows.length,
    integer: !isInteger || typed.every(Number.isInteger),
    date: property.logicalType !== "date" || values.every((value) => /^\d{4}-\d{2}-\d{2}$/.test(value)),
    minimum: minimum === undefined || typed.every((value) => value >= minimum),
    maximum: maximum === undefined || typed.every((value) => value <= maximum),
    maxLength: values.every((value) => value.length <= maxLength),
    pattern: values.every((value) => new RegExp(pattern).test(value)),
  };
  for (const { metric, mustBeLessOrEqualTo = 0, arguments: given } of property.quality ?? []) {
    const invalid = typed.filter((value) => given !== undefined && !given.validValues.includes(value)).length;
    const share = (100 * (rows.length - values.length)) / rows.length;
    checks[metric] = metric === "nullValues" ? share <= mustBeLessOrEqualTo : invalid === 0;
  }
  return Object.keys(checks)
    .filter((check) => checks[check] === false)
    .map((check) => `${property.name}: ${check}`);
}

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads answers as a client would, without our types.
  body: any;
}

interface Server {
  child: ChildProcess;
  get(path: string): Promise<Answer>;
  infer(request: unknown): Promise<Answer>;
}

/** Starts the serving process on a free port; rejects with its code and stderr when it leaves instead. */
async function serve(model: string): Promise<Server> {
  const env = { ...process.env, TIDEMARK_MODEL_DIR: model, TIDEMARK_MODEL_NAME: "bird-damage", PORT: "0" };
  const child = spawn(process.execPath, [join(EXAMPLE, "serve.ts")], { env, stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => resolve(/http:\S+/.exec(line)?.[0] ?? ""));
    child.once("close", (code) => reject({ code, stderr }));
  });
  const ask = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, body: await response.json() };
  };
  return {
    child,
    get: (path) => ask(path),
    infer: (request) => {
      const body = typeof request === "string" ? request : JSON.stringify(request);
      return ask("/v2/models/bird-damage/infer", { method: "POST", body });
    },
  };
}

function tensorsOf(name: string, data: unknown[], datatype = name === "speed" ? "FP64" : "BYTES") {
  return [{ name, datatype, shape: [data.length], data }];
}

/** Rows of the dataset as the named tensors the model asks for. */
function tensors(rows: Row[]) {
  const known = Object.keys(rows[0]!).filter((name) => !/^(id|damage|cost_.*)$/.test(name));
  const value = (name: string, text = "") => (name === "speed" ? (text === "" ? null : Number(text)) : text);
  return known.flatMap((name) =>
    tensorsOf(
      name,
      rows.map((row) => value(name, row[name])),
    ),
  );
}
