import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { digestOf, shortDigest } from "#core/digest";
import { run, withRetries } from "../s3/child.ts";
import { CACHE, installPackages, needCommands } from "../s3/packages.ts";

const REQUIREMENTS = join(import.meta.dirname, "requirements.txt");
const DRIVER = join(import.meta.dirname, "driver.py");

export type Row = readonly (number | string | null)[];

export type ColumnType = readonly [name: string, type: string];

/** One answer: the statement's first row, or why there is none. */
export type Answer = { readonly row: Row } | { readonly error: string; readonly message: string };

/** Apache Spark on this machine: one driver process, no cluster, nothing listens beyond 127.0.0.1. */
export interface Spark {
  readonly version: string;
  /** The program that runs PySpark jobs. */
  readonly python: string;
  /**
   * Gives the rows of a file a name, and each row its number in a column file_row.
   * @param columns of a CSV file, which are read as texts; none for Parquet
   * @returns the columns' names and types
   */
  view(name: string, path: string, columns?: readonly string[]): Promise<readonly ColumnType[]>;
  ask(sql: readonly string[], settings?: Readonly<Record<string, string>>): Promise<readonly Answer[]>;
  stop(): Promise<void>;
}

export async function startSpark(): Promise<Spark> {
  const python = await environment();
  const folder = await mkdtemp(join(tmpdir(), "tidemark-spark-"));
  const child = spawn("setpriv", ["--pdeathsig", "KILL", python, DRIVER], {
    cwd: folder,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, SPARK_LOCAL_IP: "127.0.0.1", SPARK_LOCAL_DIRS: folder, PYSPARK_PYTHON: python },
  });
  const stop = async () => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const answers = new Answers(child);
    const { version } = (await answers.next()) as { version: string };
    const send = (job: unknown) => answers.to(`${JSON.stringify(job)}\n`) as Promise<Record<string, never>>;
    return {
      version,
      python,
      view: async (name, path, columns) => (await send({ view: name, path, columns }))["types"] ?? [],
      ask: async (sql, settings = {}) => (await send({ sql, settings }))["rows"] ?? [],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The driver ends with its input, and Java with the driver. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.stdin?.end();
  const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await exit;
  clearTimeout(late);
}

/** One line in, one line out, in turn. */
class Answers {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #said = "";
  #turn: Promise<unknown> = Promise.resolve();

  constructor(child: ChildProcess) {
    this.#child = child;
    const lines: Interface = createInterface({ input: child.stdout ?? process.stdin });
    this.#lines = lines[Symbol.asyncIterator]();
    child.stderr?.on("data", (chunk: Buffer) => {
      this.#said = `${this.#said}${chunk}`.slice(-4_000);
    });
    child.on("error", () => undefined);
  }

  async next(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`Spark's driver has ended:\n${this.#said}`);
    return JSON.parse(value);
  }

  to(line: string): Promise<unknown> {
    const answer = this.#turn.then(() => {
      this.#child.stdin?.write(line);
      return this.next();
    });
    this.#turn = answer.catch(() => undefined);
    return answer;
  }
}

/** The Python of an environment that holds exactly the pinned packages; made once per list of packages and Python. */
async function environment(): Promise<string> {
  await needCommands({ python3: "python3", java: "default-jre-headless" });
  const version = await run({ command: "python3", args: ["-VV"] });
  const pins = await readFile(REQUIREMENTS, "utf8");
  const folder = join(CACHE, `spark-${shortDigest(digestOf(pins + version))}`);
  const program = join(folder, "bin", "python");
  const mark = join(folder, "complete");
  if (await readFile(mark).catch(() => undefined)) return program;
  await rm(folder, { recursive: true, force: true });
  await makeEnvironment(folder);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", REQUIREMENTS];
  await withRetries(() => run({ command: program, args: install, seconds: 280 }));
  await writeFile(mark, "complete\n");
  return program;
}

/** Debian keeps Python's venv apart. */
async function makeEnvironment(folder: string): Promise<void> {
  const make = () => run({ command: "python3", args: ["-m", "venv", folder] });
  await make().catch(async () => {
    await rm(folder, { recursive: true, force: true });
    await installPackages(["python3-venv"]);
    await make();
  });
}
