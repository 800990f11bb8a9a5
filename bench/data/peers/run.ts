/**
 * Times what users would run instead, on the benchmark's table: `node bench/data/peers/run.ts --rows 1000000`.
 * Each run is a whole process with a limit of time and of memory (the machine's less 4 GB); a tool that exceeds one has
 * that as its result. The best of three runs counts, or the only one where it took over 20 s. A tool is timed only
 * after it found the faults planted in a small table.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchChecks } from "../checks.ts";
import { type Format, type Tables, writeTables } from "./tables.ts";
import { type Timed, timeTool } from "./time-tool.ts";
import { type Job, type Tool, tools } from "./tools.ts";

const MINUTES = 10;
const KEPT_FREE_MEGABYTES = 4_096;

/** Markdown table lines with their head. Tables are written to that folder, which is the caller's to remove. */
export async function peerLines(folder: string, rows: number): Promise<readonly string[]> {
  const checks = join(folder, "checks.json");
  await writeFile(checks, JSON.stringify(benchChecks));
  const known = await tools(checks);
  const lines = [
    "| tool | version | job | file | wall s | peak MB | ratio to Tidemark |",
    "|---|---|---|---|---|---|---|",
  ];
  for (const format of ["parquet", "csv"] as const) {
    const tables = await writeTables(folder, rows, format);
    for (const job of ["contract", "full"] as const) lines.push(...(await linesOf({ known, tables, job, format })));
  }
  return lines;
}

interface Round {
  readonly known: readonly Tool[];
  readonly tables: Tables;
  readonly job: Job;
  readonly format: Format;
}

async function linesOf({ known, tables, job, format }: Round): Promise<readonly string[]> {
  const limits = { minutes: MINUTES, megabytes: totalmem() / 1024 ** 2 - KEPT_FREE_MEGABYTES };
  const lines: string[] = [];
  let ours: number | undefined;
  for (const tool of known.filter(({ jobs }) => jobs.includes(job))) {
    const timed = await timeTool({ tool, job, tables, limits });
    if (timed.kind === "done") ours ??= tool.isOurs ? timed.seconds : undefined;
    lines.push(`| ${tool.name} | ${cells(timed, { job, format, ours }).join(" | ")} |`);
    console.error(lines.at(-1));
  }
  return lines;
}

interface About {
  readonly job: Job;
  readonly format: Format;
  /** Seconds. */
  readonly ours: number | undefined;
}

function cells(timed: Timed, { job, format, ours }: About): readonly string[] {
  if (timed.kind === "failed") return ["", job, format, timed.reason, timed.peakMegabytes.toFixed(0), ""];
  const { answer, seconds, peakMegabytes } = timed;
  const said = answer.cannot.length > 0 ? `${job}, ${answer.checks} of ${benchChecks.length} checks` : job;
  const ratio = ours === undefined ? "" : (seconds / ours).toFixed(2);
  return [answer.version, said, format, seconds.toFixed(2), peakMegabytes.toFixed(0), ratio];
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } });
  const folder = await mkdtemp(join(tmpdir(), "tidemark-peers-"));
  try {
    for (const rows of values.rows.split(",").map(Number)) {
      console.log(`### ${rows.toLocaleString("en")} rows\n\n${(await peerLines(folder, rows)).join("\n")}\n`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
