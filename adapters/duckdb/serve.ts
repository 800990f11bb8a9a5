import { symlink } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { UserError } from "#core/errors";
import { measureTable } from "./measure-table.ts";
import type { Answer, Request } from "./messages.ts";
import { openTable } from "./open-table.ts";
import { readColumns } from "./read-columns.ts";
import { readPredictions } from "./read-predictions.ts";
import { openSession } from "./session.ts";
import { useBinding } from "./use-binding.ts";

/** Answers the one request that the parent sends, then ends the process. */
export function serve(): void {
  process.once("message", (request: Request) => {
    void answer(request)
      .catch(failure)
      .then(send)
      .then(() => process.exit(0));
  });
}

async function answer(request: Request): Promise<Answer> {
  const { path, maxBytes, workFolder, bindingFolder, task, ...limits } = request;
  useBinding(bindingFolder);
  const readPath = await plainPath(path, workFolder);
  const session = await openSession(readPath, { ...limits, spillFolder: join(workFolder, "spill") });
  const table = await openTable({ path, readPath, maxBytes, session });
  switch (task.kind) {
    case "measure":
      return { kind: "measured", ...(await measureTable(table, task.checks, session)) };
    case "predictions":
      return { kind: "predictions", ...(await readPredictions(table, task.columns, session)) };
    case "columns":
      return { kind: "columns-read", ...(await readColumns(table, task.names, { session, send })) };
    default:
      return task satisfies never;
  }
}

/** DuckDB takes * ? [ in a path for a pattern, and what a pattern finds is not the file that was asked for. */
async function plainPath(path: string, workFolder: string): Promise<string> {
  const absolute = resolve(path);
  if (!/[*?[\]]/.test(absolute)) return absolute;
  const link = join(workFolder, `data${extname(absolute)}`);
  await symlink(absolute, link);
  return link;
}

function failure(error: unknown): Answer {
  if (error instanceof UserError) {
    const { code, problem, hint } = error;
    return { kind: "refused", code, problem, hint };
  }
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return { kind: "failed", message, stack };
}

function send(reply: Answer): Promise<void> {
  return new Promise((done, fail) => {
    process.send?.(reply, undefined, {}, (error) => (error === null ? done() : fail(error)));
  });
}
