/**
 * Times the data engine beside its own floors: `npm run bench -- data [--rows 10000,1000000] [--write] [--peers]`.
 * A floor is DuckDB alone in a fresh process: the same predicates in one statement, or an exact profile of every
 * column. Each figure is a whole process, the best of three, or the only one where it took over 20 s.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchChecks } from "./checks.ts";
import { type Ended, runLimited } from "./peers/limited-process.ts";
import { peerLines } from "./peers/run.ts";
import { type Format, type Tables, writeTables } from "./peers/tables.ts";

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "10000,100000,1000000" },
    write: { type: "boolean", default: false },
    peers: { type: "boolean", default: false },
  },
});
const LIMITS = { minutes: 15, megabytes: 16_384 };
const ROUNDS = 3;
const LONG_SECONDS = 20;
const HEAD = [
  "| rows | file | bare scan | contract | ratio | bare profile | full validation | ratio | peak MB |",
  "|---|---|---|---|---|---|---|---|---|",
];

type Done = Extract<Ended, { kind: "done" }>;

const folder = await mkdtemp(join(tmpdir(), "tidemark-bench-data-"));
try {
  const sizes = options.rows.split(",").map(Number);
  const lines = [...HEAD];
  for (const rows of sizes) lines.push(await sizeLine(rows, "parquet"), await sizeLine(rows, "csv"));
  const peers = options.peers ? await peerSections(sizes) : [];
  if (options.write) await writeSection([...lines, "", ...peers]);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function sizeLine(rows: number, format: Format): Promise<string> {
  const tables = await writeTables(folder, rows, format);
  const scan = await best([program("bare-scan.ts"), tables.data]);
  const contract = await best([program("peers/tidemark.ts"), "--job", "contract", "--data", tables.data]);
  const profile = await best([program("bare-profile.ts"), tables.data, join(folder, "work")]);
  const full = await best(await fullCommand(tables));
  const times = [scan, contract].map(seconds).concat(ratio(contract, scan), [profile, full].map(seconds));
  const cells = [rows.toLocaleString("en"), format, ...times, ratio(full, profile), full.peakMegabytes.toFixed(0)];
  const line = `| ${cells.join(" | ")} |`;
  console.log(line);
  return line;
}

/** Contract, profile of every column, and drift against the stored profile of a sample. */
async function fullCommand({ data, reference }: Tables): Promise<readonly string[]> {
  const stored = `${reference}.profile.json`;
  await once([program("peers/tidemark.ts"), "--data", reference, "--write-profile", stored]);
  return [program("peers/tidemark.ts"), "--job", "full", "--data", data, "--reference", stored];
}

async function best(args: readonly string[]): Promise<Done> {
  let found = await once(args);
  for (let round = 1; round < ROUNDS && found.seconds < LONG_SECONDS; round++) {
    const next = await once(args);
    if (next.seconds < found.seconds) found = next;
  }
  return found;
}

async function once(args: readonly string[]): Promise<Done> {
  const ended = await runLimited([process.execPath, "--disable-warning=ExperimentalWarning", ...args], LIMITS);
  if (ended.kind === "done") return ended;
  throw new Error(`${args.join(" ")}: ${ended.reason}`);
}

async function peerSections(sizes: readonly number[]): Promise<readonly string[]> {
  const sections: string[] = [];
  for (const rows of sizes)
    sections.push(
      `### Beside other tools, ${rows.toLocaleString("en")} rows`,
      "",
      ...(await peerLines(folder, rows)),
      "",
    );
  return sections;
}

function program(name: string): string {
  return join(import.meta.dirname, name);
}

function seconds({ seconds: time }: Done): string {
  return `${time.toFixed(2)} s`;
}

function ratio(a: Done, b: Done): string {
  return (a.seconds / b.seconds).toFixed(2);
}

async function writeSection(lines: readonly string[]): Promise<void> {
  const readme = join(import.meta.dirname, "../README.md");
  const before = await readFile(readme, "utf8").catch(() => "# Benchmarks\n");
  const flags = `--rows ${options.rows}${options.peers ? " --peers" : ""} --write`;
  const section = [
    "## data",
    "",
    `\`npm run bench -- data ${flags}\` on ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? "unknown"}); 20 columns, ${benchChecks.length} checks, whole processes, the best of three, or the only run where it took over ${LONG_SECONDS} s.`,
    "The bare scan is DuckDB alone with the same predicates in one statement; the contract adds a process of its own, the SHA-256 of the file and, for CSV, a check of every byte. The bare profile is DuckDB's exact profile of every column; full validation is the contract, a profile of every column with what seems to be personal data, and drift against a stored profile. Peak memory is that of all its processes together.",
    "",
    ...lines,
  ].join("\n");
  const others = before.replace(/\n## data\n[\s\S]*?(?=\n## |$)/, "");
  await writeFile(readme, `${others.trimEnd()}\n\n${section.trimEnd()}\n`);
}
