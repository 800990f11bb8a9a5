import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "#core/errors";
import { Reply, type Request } from "./messages.ts";

export type Question = Omit<Request, "workFolder">;

export interface EngineProcess {
  /** The program of the child. */
  readonly entry: string;
  /** Where a folder for spilling is made. */
  readonly temporaryFolder: string | undefined;
}

/** How long after its own timer the child may still take to say so. */
const GRACE_SECONDS = 10;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Starts the child, asks it one thing and hands over each reply. The child ends by itself, or is ended.
 * @throws UserError what the child refused, or DATA_ENGINE_DIED
 */
export async function askEngine(
  { entry, temporaryFolder = tmpdir() }: EngineProcess,
  question: Question,
  onReply: (reply: Reply) => void,
): Promise<void> {
  const workFolder = await mkdtemp(join(temporaryFolder, "tidemark-data-"));
  const child = fork(entry, [], {
    serialization: "advanced",
    execArgv: ["--disable-warning=ExperimentalWarning"],
    env: environment(workFolder),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const timer = setTimeout(end, Math.min((question.timeoutSeconds + GRACE_SECONDS) * 1_000, LONGEST_TIMER_MS));
  try {
    await conversation(child, { ...question, workFolder }, onReply);
  } finally {
    clearTimeout(timer);
    process.off("exit", end);
    end();
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** No token and no secret: the child reads bytes that others wrote. One arena keeps the memory of threads from piling up. */
function environment(workFolder: string): NodeJS.ProcessEnv {
  const kept = ["PATH", "SystemRoot", "LD_LIBRARY_PATH"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), MALLOC_ARENA_MAX: "1", TZ: "UTC", TMPDIR: workFolder, HOME: workFolder };
}

function conversation(child: ChildProcess, request: Request, onReply: (reply: Reply) => void): Promise<void> {
  const last = lastWords(child);
  return new Promise((done, fail) => {
    child.once("error", (cause) => fail(died("it could not be started", cause)));
    child.once("exit", (code, signal) => fail(died(`${reasonOf(code, signal)}${last()}`)));
    child.on("message", (message) => {
      const parsed = Reply.safeParse(message);
      if (!parsed.success) return fail(died("it answered in a way nobody understands", parsed.error));
      const reply = parsed.data;
      if (reply.kind === "refused") return fail(new UserError(reply.code, reply.problem, reply.hint));
      if (reply.kind === "failed") return fail(new Error(reply.message, { cause: reply.stack }));
      onReply(reply);
      if (isLast(reply)) done();
    });
    child.send(request, (error) => {
      if (error !== null) fail(died("it did not take the question", error));
    });
  });
}

function isLast({ kind }: Reply): boolean {
  return kind !== "about-to-run";
}

const MAX_LAST_WORDS = 2_000;

function lastWords(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    text = `${text}${chunk.toString("utf8")}`.slice(-MAX_LAST_WORDS);
  });
  return () => {
    const line = text.split("\n").find((one) => one.includes("rror"));
    return line === undefined ? "" : `, saying: ${line.slice(0, 300)}`;
  };
}

function reasonOf(code: number | null, signal: string | null): string {
  if (signal === null) return `it ended with code ${code}`;
  return signal === "SIGKILL" ? "it was killed (SIGKILL), as a machine short of memory does" : `it ended by ${signal}`;
}

function died(reason: string, cause?: unknown): UserError {
  const hint = "Run again; if it happens again, give it more memory or check the data in smaller files.";
  return new UserError("DATA_ENGINE_DIED", `The data engine stopped before its answer: ${reason}.`, hint, { cause });
}
