import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Column } from "#core/data/column";
import type { ColumnEngine, DataEngine } from "#core/ports/data-engine";
import { type BindingSource, findBinding } from "./binding.ts";
import { ColumnCollector } from "./column-collector.ts";
import { askEngine } from "./engine-process.ts";
import type { Reply, Task } from "./messages.ts";
import { refusePatterns } from "./patterns.ts";

const GIB = 1024 ** 3;

export interface DuckDbOptions extends BindingSource {
  /** What DuckDB may hold; the whole process takes about twice as much. */
  readonly memoryMegabytes?: number;
  /** One per processor unless given. */
  readonly threads?: number;
  readonly timeoutSeconds?: number;
  /** Of text, after decompression. */
  readonly maxBytes?: number;
  /** Where sorts and groups spill to. */
  readonly temporaryFolder?: string;
  /** The child's program, when it does not lie beside this file under the name engine-main. */
  readonly entry?: string;
}

/**
 * Scans CSV (also .gz and .zst), Parquet and JSON Lines with DuckDB, each file in a child process of its own.
 * @throws UserError DATA_ENGINE_MISSING, DATA_ENGINE_DIED, DATA_ENGINE_TIMEOUT, DATA_ENGINE_MEMORY, and what the port says
 */
export function duckDbDataEngine(options: DuckDbOptions = {}): DataEngine & ColumnEngine {
  const ask = async (path: string, task: Task, onReply: (reply: Reply) => void) => {
    const question = {
      path,
      task,
      bindingFolder: await findBinding(options),
      maxBytes: options.maxBytes ?? 16 * GIB,
      memoryMegabytes: options.memoryMegabytes ?? 512,
      threads: options.threads,
      timeoutSeconds: options.timeoutSeconds ?? 1_800,
    };
    await askEngine(
      { entry: options.entry ?? besideThis(), temporaryFolder: options.temporaryFolder },
      question,
      onReply,
    );
  };
  return {
    measure: async (path, checks) => {
      refusePatterns(checks);
      return one("measured", (onReply) => ask(path, { kind: "measure", checks }, onReply));
    },
    predictions: (path, columns) =>
      one("predictions", (onReply) => ask(path, { kind: "predictions", columns }, onReply)),
    columns: async (path, names): Promise<readonly Column[]> => {
      const collector = new ColumnCollector();
      await ask(path, { kind: "columns", names }, (reply) => collector.add(reply));
      return collector.columns();
    },
  };
}

/** The one reply of that kind. */
async function one<Kind extends Reply["kind"]>(
  kind: Kind,
  ask: (onReply: (reply: Reply) => void) => Promise<void>,
): Promise<Omit<Extract<Reply, { kind: Kind }>, "kind">> {
  const replies: Reply[] = [];
  await ask((reply) => replies.push(reply));
  const found = replies.find((reply): reply is Extract<Reply, { kind: Kind }> => reply.kind === kind);
  if (found === undefined) throw new Error(`The data engine did not answer with "${kind}".`);
  const { kind: _, ...answer } = found;
  return answer;
}

/** From a checkout engine-main.ts, from build/ and dist/ engine-main.js. Not a URL made of a literal: ncc would copy the bare file. */
function besideThis(): string {
  const own = import.meta.url;
  return fileURLToPath(own.slice(0, own.lastIndexOf("/") + 1) + ["engine", "main"].join("-") + extname(own));
}
