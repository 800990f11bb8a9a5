import { readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type CollectDataDeps, collectData } from "#actions/collect-data/action";
import { run } from "#actions/collect-data/index";
import { lineFiles } from "#adapters/filesystem/line-files";
import { jsonDecoder } from "#adapters/kafka/decoder";
import { digestOf } from "#core/digest";
import { UserError } from "#core/errors";
import { parseInputs } from "#kit/parse-inputs";
import { filesIn, workshop, writeAll } from "#test/core/data/collect/support/workshop";
import { recordingRunner } from "#test/kit/support/recording-runner";
import { memoryStream } from "#test/support/fakes/event-stream";
import { loopback } from "#test/support/loopback";
import { temporaryFolder } from "#test/support/temporary-folder";

const TABLE = "id,speed\n1,10\n2,20\n";
const KEPT = `store/sha256/${digestOf(TABLE).slice(7)}`;

type Content = Readonly<Record<string, string | Uint8Array>>;

/** Runs the action as a job does, in a working directory of its own. */
async function collect(folder: string, given: Readonly<Record<string, string>>) {
  const scratch = await temporaryFolder();
  vi.stubEnv("RUNNER_TEMP", scratch);
  onTestFinished(() => void vi.unstubAllEnvs());
  const inputs = { name: "trips", destination: "store", "working-directory": folder, ...given };
  const recording = recordingRunner(inputs);
  const exitCode = await run(recording.runner);
  expect(await readdir(scratch), "the scratch folder is gone").toEqual([]);
  return { exitCode, ...recording };
}

async function folderOf(content: Content): Promise<string> {
  const folder = await temporaryFolder();
  await writeAll(folder, content);
  return folder;
}

describe("collecting from files", () => {
  test("gives digest, rows and record, and a summary; again it changes nothing", async () => {
    const folder = await folderOf({ "data/a.csv": TABLE });
    const first = await collect(folder, { source: "data/*.csv", output: "now.csv" });
    expect(first.failures).toEqual([]);
    const outputs = { digest: digestOf(TABLE), rows: 2, bytes: TABLE.length, record: "datasets/trips.json" };
    expect(first.finishes).toMatchObject([{ exitCode: 0, outputs: { ...outputs, changed: true } }]);
    expect(first.summaries).toEqual([expect.stringContaining(`\`${digestOf(TABLE)}\``)]);
    const record = await readFile(join(folder, "datasets/trips.json"), "utf8");
    expect(first.finishes[0]?.document).toEqual(JSON.parse(record));
    expect(await filesIn(folder)).toEqual(["data/a.csv", "datasets/trips.json", "now.csv", KEPT]);

    const second = await collect(folder, { source: "data/*.csv" });
    expect(second.finishes).toMatchObject([{ outputs: { ...outputs, changed: false } }]);
    expect(await readFile(join(folder, "datasets/trips.json"), "utf8")).toBe(record);
  });

  test("that DVC tracks as other ones is refused", async () => {
    const md5 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const folder = await folderOf({
      "a.csv": TABLE,
      "a.csv.dvc": `outs:\n- path: a.csv\n  hash: md5\n  md5: ${md5}\n`,
    });
    const { failures } = await collect(folder, { source: "a.csv.dvc" });
    expect(failures).toMatchObject([{ exitCode: 2, code: "SOURCE_CHANGED" }]);
    expect(await filesIn(folder)).toEqual(["a.csv", "a.csv.dvc"]);
  });
});

describe("collecting from the web", () => {
  test("reads an allowed host, with a token from the environment", async () => {
    const tokens: (string | undefined)[] = [];
    const server = await loopback(({ headers }, response) => {
      tokens.push(headers.authorization);
      response.end(TABLE);
    });
    const folder = await folderOf({});
    vi.stubEnv("TIDEMARK_SOURCE_TOKEN", "t0ken");
    const given = { source: `${server}/export?day=1`, format: "csv", "allow-hosts": "127.0.0.1" };
    const { finishes, failures, lines } = await collect(folder, given);
    expect(failures).toEqual([]);
    expect(finishes).toMatchObject([{ document: { source: { files: [{ url: `${server}/export` }] } } }]);
    expect(tokens).toEqual(["Bearer t0ken"]);
    expect(lines.join()).not.toContain("t0ken");
    expect(await filesIn(folder)).toEqual(["datasets/trips.json", KEPT]);
  });
});

describe("a failure is one sentence and exit code 2, and nothing is left", () => {
  const server = (body: string | Uint8Array, status = 200) =>
    loopback((_, response) => void response.writeHead(status).end(body));

  test.each<[string, Content, Readonly<Record<string, string>>, string]>([
    ["no such file", {}, { source: "a.csv" }, "SOURCE_EMPTY"],
    ["a way out", {}, { source: "../*.csv" }, "FILE_REFUSED"],
    ["F-25 an archive", { "a.zip": "PK" }, { source: "a.zip" }, "ARCHIVE_REFUSED"],
    ["F-27 a bomb", { "a.csv.gz": gzipSync(Buffer.alloc(20_000_000)) }, { source: "a.csv.gz" }, "TOO_LARGE"],
    ["a cut file", { "a.csv.gz": gzipSync(TABLE).subarray(0, 20) }, { source: "a.csv.gz" }, "DATA_MALFORMED"],
    ["no rows", { "a.csv": "id\n" }, { source: "a.csv" }, "DATA_EMPTY"],
    ["too many bytes", { "a.csv": TABLE }, { source: "a.csv", "limit-bytes": "5" }, "TOO_LARGE"],
    ["F-23 metadata", {}, { source: "https://169.254.169.254/a.csv" }, "SOURCE_REFUSED"],
    ["F-23 a file address", {}, { source: "file:///etc/passwd" }, "SOURCE_REFUSED"],
    ["no bucket", {}, { source: "s3://B/x" }, "STORE_REFUSED"],
    ["a password in the clear", {}, clear(), "STREAM_REFUSED"],
    ["a login without a password", {}, { ...clear(), "sasl-password": "", tls: "true" }, "INVALID_INPUT"],
    ["a topic as Parquet", {}, { source: "kafka://127.0.0.1:1/x", format: "parquet" }, "FORMAT_UNKNOWN"],
    [
      "another dataset's record",
      { "datasets/trips.json": "{}", "a.csv": TABLE },
      { source: "a.csv" },
      "RECORD_MALFORMED",
    ],
  ])("%s", async (_, content, given, code) => {
    const folder = await folderOf(content);
    const { exitCode, failures } = await collect(folder, { output: "now.csv", ...given });
    expect(failures).toMatchObject([{ exitCode: 2, code, problems: [expect.stringMatching(/^[^\n]+\.$/)] }]);
    expect(exitCode).toBe(2);
    expect(await filesIn(folder)).toEqual(Object.keys(content).sort());
  });

  test("F-23 a web server's error, and F-27 its archive", async () => {
    const folder = await folderOf({});
    for (const [address, code] of [
      [await server("secret", 500), "SOURCE_UNAVAILABLE"],
      [await server("secret", 403), "SOURCE_REFUSED"],
      [await server("PK\u0003\u0004secret"), "ARCHIVE_REFUSED"],
    ] as const) {
      const given = { source: `${address}/a.csv`, "allow-hosts": "127.0.0.1" };
      const { failures, lines } = await collect(folder, given);
      expect(failures).toMatchObject([{ exitCode: 2, code }]);
      expect(JSON.stringify([failures[0]?.problems, failures[0]?.hint, lines])).not.toContain("secret");
      expect(await filesIn(folder)).toEqual([]);
    }
  });

  test("F-26 a link", async () => {
    const folder = await folderOf({ "a.csv": TABLE });
    await symlink("a.csv", join(folder, "b.csv"));
    const { failures } = await collect(folder, { source: "*.csv" });
    expect(failures).toMatchObject([{ exitCode: 2, code: "FILE_REFUSED" }]);
    expect(await filesIn(folder)).toEqual(["a.csv", "b.csv"]);
  });

  function clear() {
    const login = { "sasl-mechanism": "plain", "sasl-user": "u", "sasl-password": "p" };
    return { source: "kafka://127.0.0.1:1/x", tls: "false", ...login };
  }
});

describe("collecting from a topic", () => {
  async function topicScene() {
    const scene = await workshop({});
    const stream = memoryStream(1);
    const warnings: string[] = [];
    let [closed, cleared] = [0, 0];
    const deps: CollectDataDeps = {
      ...scene.ports(),
      scratch: lineFiles(scene.scratch),
      openFiles: async () => Promise.reject(new Error("no files here")),
      openTopic: () => ({
        stream: {
          ...stream,
          commit: (offsets) => stream.commit(offsets),
          close: async () => {
            closed += 1;
          },
        },
        decoder: jsonDecoder(),
      }),
      clear: async () => {
        cleared += 1;
      },
    };
    const log = { ...recordingRunner({}).runner.log, warning: (text: string) => void warnings.push(text) };
    const collectTopic = async (given: Readonly<Record<string, string>> = {}) =>
      collectData.run(
        parseInputs(collectData, { name: "trips", source: "kafka://b:9092/trips", destination: "x", ...given }),
        deps,
        { log },
      );
    return { ...scene, stream, warnings, deps, collectTopic, ends: () => [closed, cleared] };
  }

  test("gives rows by key, keeps poison only when told to, and closes what it opened", async () => {
    const { stream, collectTopic, left, ends, work } = await topicScene();
    stream.send([
      { key: "a", value: '{"n":1}' },
      { key: "a", value: '{"n":2}' },
      { key: "b", value: "{" },
    ]);
    const { outputs, summary, document } = await collectTopic({ output: "now.csv", "keep-poison": "true" });
    expect(outputs).toMatchObject({ rows: 1, changed: true, digest: digestOf("n\n2\n") });
    expect(document).toMatchObject({ poison: { count: 1 }, deadLetters: { messages: 1, kept: 1 } });
    expect(summary).toContain("1 message left out: the value is not JSON");
    expect(await readFile(join(work, "now.csv"), "utf8")).toBe("n\n2\n");
    expect((await left()).kept).toHaveLength(2);
    expect(ends()).toEqual([1, 1]);
  });

  test("without news places the last snapshot again and changes nothing", async () => {
    const { stream, collectTopic, work } = await topicScene();
    expect((await collectTopic()).outputs).toMatchObject({ digest: "", rows: 0, changed: false });
    stream.send([{ key: "a", value: '{"n":1}' }]);
    await collectTopic();
    const { outputs } = await collectTopic({ output: "now.csv", identity: "column:n" });
    expect(outputs).toMatchObject({ changed: false, rows: 1 });
    expect(await readFile(join(work, "now.csv"), "utf8")).toBe("n\n1\n");
  });

  test("a broker that cannot be told is a warning; one that breaks is an error, and both are closed", async () => {
    const { stream, collectTopic, warnings, ends, left } = await topicScene();
    stream.send([{ key: "a", value: '{"n":1}' }]);
    stream.commit = async () => {
      throw new UserError("STREAM_UNAVAILABLE", "The brokers did not answer.", "Run again.");
    };
    await collectTopic();
    expect(warnings).toEqual([expect.stringContaining("The brokers did not answer.")]);
    stream.send([{ key: "b", value: '{"n":2}' }]);
    stream.beforeRecord = () => {
      throw new UserError("STREAM_UNAVAILABLE", "Gone.", "Run again.");
    };
    await expect(collectTopic()).rejects.toMatchObject({ code: "STREAM_UNAVAILABLE" });
    expect(ends()).toEqual([2, 2]);
    expect((await left()).kept).toHaveLength(1);
  });

  test("reads what the identity and the limits say", async () => {
    const { stream, collectTopic } = await topicScene();
    stream.send([1, 1, 2, 3].map((n) => ({ key: "same", value: `{"n":${n}}` })));
    const { outputs } = await collectTopic({ identity: "none", "limit-rows": "3", format: "json-lines" });
    expect(outputs).toMatchObject({ rows: 3, digest: digestOf('{"n":1}\n{"n":1}\n{"n":2}\n') });
    await expect(collectTopic({ identity: "columns" })).rejects.toThrow(/identity/);
  });
});
