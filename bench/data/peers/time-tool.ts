import { type Ended, type Limits, runLimited } from "./limited-process.ts";
import { PLANTED, type Tables } from "./tables.ts";
import { Answer, type Job, type Tool } from "./tools.ts";

const ROUNDS = 3;
const LONG_SECONDS = 20;

export interface Order {
  readonly tool: Tool;
  readonly job: Job;
  readonly tables: Tables;
  readonly limits: Limits;
}

type Done = Omit<Extract<Ended, { kind: "done" }>, "stdout"> & { readonly answer: Answer };

export type Timed = Done | Extract<Ended, { kind: "failed" }>;

/** A tool that misses a planted fault, or finds one in the clean table, has failed: its time would say nothing. */
export async function timeTool(order: Order): Promise<Timed> {
  const { planted, plantedReference, data, reference } = order.tables;
  const proof = await once(order, { data: planted, reference: plantedReference }, missed);
  if (proof.kind === "failed") return proof;
  let best: Done | undefined;
  for (let round = 0; round < ROUNDS && (best?.seconds ?? 0) < LONG_SECONDS; round++) {
    const timed = await once(order, { data, reference }, falseAlarms);
    if (timed.kind === "failed") return timed;
    if (timed.seconds < (best?.seconds ?? Number.POSITIVE_INFINITY)) best = timed;
  }
  return best ?? proof;
}

interface Files {
  readonly data: string;
  readonly reference: string;
}

async function once(
  { tool, job, limits }: Order,
  { data, reference }: Files,
  wrong: (answer: Answer) => string | undefined,
): Promise<Timed> {
  const profile = `${reference}.profile.json`;
  if (tool.isOurs && job === "full") {
    const made = await runLimited([...tool.command, "--data", reference, "--write-profile", profile], limits);
    if (made.kind === "failed") return made;
  }
  const args = ["--job", job, "--data", data, "--reference", tool.isOurs ? profile : reference];
  const ended = await runLimited([...tool.command, ...args], limits);
  if (ended.kind === "failed") return ended;
  const answer = Answer.safeParse(lastLine(ended.stdout));
  if (!answer.success) return { ...ended, kind: "failed", reason: "answered nothing" };
  const reason = wrong(answer.data);
  return reason === undefined ? { ...ended, answer: answer.data } : { ...ended, kind: "failed", reason };
}

function lastLine(stdout: string): unknown {
  try {
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  } catch {
    return undefined;
  }
}

function missed({ broken, cannot, drifted }: Answer): string | undefined {
  const expected = PLANTED.broken.filter((name) => !cannot.includes(name));
  const lost = [
    ...expected.filter((name) => !broken.includes(name)),
    ...PLANTED.drifted.filter((name) => drifted !== null && !drifted.includes(name)).map((name) => `drift ${name}`),
  ];
  const added = broken.filter((name) => !expected.some((one) => one === name));
  if (lost.length > 0) return `missed planted faults: ${lost.join(", ")}`;
  return added.length > 0 ? `found faults that were not planted: ${added.join(", ")}` : undefined;
}

function falseAlarms({ broken, drifted }: Answer): string | undefined {
  const found = [...broken, ...PLANTED.drifted.filter((name) => drifted?.includes(name))];
  return found.length > 0 ? `found faults in the clean table: ${found.join(", ")}` : undefined;
}
