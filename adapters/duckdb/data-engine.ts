import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "#core/errors";
import type { DataEngine, SurveyEngine } from "#core/ports/data-engine";
import { type BindingSource, findBinding } from "./binding.ts";
import { askEngine } from "./engine-process.ts";
import type { Reply, Task } from "./messages.ts";
import { refusePatterns } from "./patterns.ts";

const GIB = 1024 ** 3;

export interface DuckDbOptions extends BindingSource {
  /** What DuckDB may hold; see the memory table of bench/README.md for what the processes take beside it. */
  readonly memoryMegabytes?: number;
  /** One per processor unless given. */
  readonly threads?: number;
  /** For everything that is asked of one file. */
  readonly timeoutSeconds?: number;
  /** For each custom SQL statement. */
  readonly querySeconds?: number;
  /** Of text, after decompression. */
  readonly maxBytes?: number;
  /** Where sorts and groups spill to. */
  readonly temporaryFolder?: string;
  /** The child's program, when it does not lie beside this file under the name engine-main. */
  readonly entry?: string;
}

// Ten million rows of twenty columns then fit 512 MB with both processes.
const MEMORY_MEGABYTES = 200;
const TIMEOUT_SECONDS = 1_800;
const QUERY_SECONDS = 120;

/**
 * Scans CSV (also .gz and .zst), Parquet and JSON Lines with DuckDB, each file in a child process of its own.
 * @throws UserError DATA_ENGINE_MISSING, DATA_ENGINE_DIED, DATA_ENGINE_TIMEOUT, DATA_ENGINE_MEMORY, and what the port says
 */
export function duckDbDataEngine(options: DuckDbOptions = {}): DataEngine & SurveyEngine {
  const ask = asking(options);
  return {
    measure: async (path, checks) => {
      refusePatterns(checks);
      return ask("measured", { path, task: { kind: "measure", checks } });
    },
    predictions: (path, columns) => ask("predictions", { path, task: { kind: "predictions", columns } }),
    survey: async (path, request) => {
      refusePatterns(request.checks);
      return ask("surveyed", { path, task: { kind: "survey", request } });
    },
    sharedRows: (left, right, columns) => ask("shared", { path: left, task: { kind: "shared", right, columns } }),
  };
}

interface Asked {
  readonly path: string;
  readonly task: Task;
  /** Statements of others that ended the child before. */
  readonly deadly?: readonly number[];
}

type Answered<Kind> = Omit<Extract<Reply, { kind: Kind }>, "kind">;

function asking(options: DuckDbOptions) {
  const { entry = besideThis(), temporaryFolder } = options;
  let binding: Promise<string> | undefined;
  return async function ask<Kind extends Reply["kind"]>(kind: Kind, asked: Asked): Promise<Answered<Kind>> {
    // Found once, and missed once: looking again would cost a run a hash, or npm's patience.
    binding ??= findBinding(options);
    const { path, task, deadly = [] } = asked;
    const question = { path, task, deadly, bindingFolder: await binding, ...limitsOf(options) };
    const replies: Reply[] = [];
    try {
      await askEngine({ entry, temporaryFolder }, question, (reply) => replies.push(reply));
    } catch (error) {
      const last = replies.findLast((reply) => reply.kind === "about-to-run");
      if (!hasDied(error) || last === undefined || deadly.includes(last.query)) throw error;
      return ask(kind, { ...asked, deadly: [...deadly, last.query] });
    }
    const found = replies.find((reply): reply is Extract<Reply, { kind: Kind }> => reply.kind === kind);
    if (found === undefined) throw new Error(`The data engine did not answer with "${kind}".`);
    const { kind: _, ...answer } = found;
    return answer;
  };
}

function limitsOf({ maxBytes, memoryMegabytes, threads, timeoutSeconds, querySeconds }: DuckDbOptions) {
  return {
    maxBytes: maxBytes ?? 16 * GIB,
    memoryMegabytes: memoryMegabytes ?? MEMORY_MEGABYTES,
    threads,
    timeoutSeconds: timeoutSeconds ?? TIMEOUT_SECONDS,
    querySeconds: querySeconds ?? QUERY_SECONDS,
  };
}

function hasDied(error: unknown): boolean {
  return error instanceof UserError && error.code === "DATA_ENGINE_DIED";
}

/** From a checkout engine-main.ts, from build/ and dist/ engine-main.js. Not a URL made of a literal: ncc would copy the bare file. */
function besideThis(): string {
  const own = import.meta.url;
  return fileURLToPath(own.slice(0, own.lastIndexOf("/") + 1) + ["engine", "main"].join("-") + extname(own));
}
