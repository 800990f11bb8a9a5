/**
 * Times every binary metric beside scikit-learn on the same rows: `node bench/judge/metrics.ts [--rows 1000000]`.
 * Rows are in memory on both sides, the best of three counts, and values that differ by more than one part in 10⁹ end
 * it. Ours share one sort of the scores, so a metric's own time says what it costs alone, and the sum of all is less.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { ALL_BINARY_METRICS } from "#core/metrics/binary/all-binary-metrics";
import type { BinaryMetric, BinaryRows } from "#core/metrics/binary/binary-rows";
import { seededRandom } from "#core/random";
import { run } from "#test/services/s3/child";
import { pythonWith } from "../data/peers/venv.ts";

const ROUNDS = 3;
const TOLERANCE = 1e-9;
const Peer = z.record(z.string(), z.object({ value: z.number(), seconds: z.number() }));
type Peer = z.output<typeof Peer>;

const { values: options } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } });
for (const rows of options.rows.split(",").map(Number)) {
  const head = `### ${rows.toLocaleString("en")} rows, ${availableParallelism()} cores`;
  console.log([head, "", ...(await tableLines(makeRows(rows))), ""].join("\n"));
}

function makeRows(rows: number): BinaryRows {
  const random = seededRandom(1);
  const labels = Uint8Array.from({ length: rows }, () => Number(random() < 0.3));
  const scores = Float64Array.from(labels, (label) => 1 / (1 + Math.exp(1.2 - 1.4 * label - 4 * (random() - 0.5))));
  return { labels, scores };
}

async function tableLines(rows: BinaryRows): Promise<readonly string[]> {
  const theirs = await scikitLearn(rows);
  const ours = ALL_BINARY_METRICS.map((metric) => ({ metric, ...timed([metric], rows) }));
  const shared = ALL_BINARY_METRICS.filter(({ name }) => theirs[name] !== undefined);
  const known = Object.values(theirs).reduce((sum, { seconds }) => sum + seconds, 0);
  for (const { metric, value } of ours) expectSame(metric, value, theirs);
  return [
    "| metric | Tidemark ms | scikit-learn ms | times as fast |",
    "|---|---|---|---|",
    ...ours.map(({ metric, seconds }) => line(metric.name, seconds, theirs[metric.name]?.seconds)),
    line(`the ${shared.length} of both together`, timed(shared, rows).seconds, known),
    line(`all ${ALL_BINARY_METRICS.length} together`, timed(ALL_BINARY_METRICS, rows).seconds),
  ];
}

/** On copies, so that nothing is remembered from an earlier round. */
function timed(metrics: readonly BinaryMetric[], rows: BinaryRows) {
  let seconds = Number.POSITIVE_INFINITY;
  let value: number | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const copy = { labels: rows.labels.slice(), scores: rows.scores.slice() };
    const started = performance.now();
    for (const metric of metrics) value = metric.prepare(copy)();
    seconds = Math.min(seconds, (performance.now() - started) / 1_000);
  }
  return { seconds, value };
}

async function scikitLearn({ labels, scores }: BinaryRows): Promise<Peer> {
  const python = await pythonWith("../../judge/requirements.txt");
  const folder = await mkdtemp(join(tmpdir(), "tidemark-metrics-"));
  try {
    const files = [join(folder, "labels"), join(folder, "scores")] as const;
    await writeFile(files[0], labels);
    await writeFile(files[1], scores);
    const args = [join(import.meta.dirname, "metrics_peer.py"), ...files, String(ROUNDS)];
    return Peer.parse(JSON.parse(await run({ command: python, args, seconds: 600 })));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function expectSame({ name }: BinaryMetric, value: number | undefined, theirs: Peer): void {
  const reference = theirs[name]?.value;
  if (reference === undefined) return;
  if (value === undefined || Math.abs(value - reference) > TOLERANCE * Math.abs(reference))
    throw new Error(`${name} is ${value}, scikit-learn's ${reference}.`);
}

function line(name: string, ours: number, theirs?: number): string {
  const ms = (seconds: number) => (seconds * 1_000).toFixed(0);
  const cells = theirs === undefined ? ["", ""] : [ms(theirs), (theirs / ours).toFixed(1)];
  return `| ${[name, ms(ours), ...cells].join(" | ")} |`;
}
