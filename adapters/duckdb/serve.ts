import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { NO_SURVEY, type SurveyRequest } from "#core/data/survey";
import { UserError } from "#core/errors";
import type { Answer, Request } from "./messages.ts";
import { openFiles } from "./open-files.ts";
import { readPredictions } from "./read-predictions.ts";
import { findSharedRows } from "./shared-rows.ts";
import { surveyTable } from "./survey-table.ts";
import type { Surveying } from "./surveying.ts";
import { useBinding } from "./use-binding.ts";

/** Answers the one request that the parent sends, then ends the process. */
export function serve(): void {
  volunteer();
  process.once("message", (request: Request) => {
    void answer(request)
      .catch(failure)
      .then(send)
      .then(() => process.exit(0));
  });
}

/** On a machine short of memory this process is the one to go, not the one that waits for it. */
function volunteer(): void {
  if (process.platform !== "linux") return;
  try {
    writeFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // A machine that does not let a process offer itself.
  }
}

async function answer(request: Request): Promise<Answer> {
  const { path, workFolder, bindingFolder, task } = request;
  useBinding(bindingFolder);
  const spillFolder = join(workFolder, "spill");
  const files = await openFiles([path, ...otherPaths(request)], { ...request, spillFolder });
  const { session } = files;
  const table = await files.open(path);
  const survey = (asked: SurveyRequest) => {
    const { querySeconds, deadly } = request;
    const aboutToRun: Surveying["aboutToRun"] = (query) => send({ kind: "about-to-run", query });
    return surveyTable(table, asked, { ...files, spillFolder, querySeconds, deadly, aboutToRun });
  };
  switch (task.kind) {
    case "measure":
      return { kind: "measured", ...(await survey({ ...NO_SURVEY, checks: task.checks, columns: [] })).measurement };
    case "predictions":
      return { kind: "predictions", ...(await readPredictions(table, task.columns, session)) };
    case "survey":
      return { kind: "surveyed", ...(await survey(task.request)) };
    case "shared": {
      const right = await files.open(task.right);
      const { firstLine, ...found } = await findSharedRows({ left: table, right }, task.columns, {
        session,
        spillFolder,
      });
      return { kind: "shared", ...found, firstLine };
    }
    default:
      return task satisfies never;
  }
}

function otherPaths({ task }: Request): readonly string[] {
  if (task.kind === "shared") return [task.right];
  if (task.kind === "predictions") return [];
  const { checks, reference } = task.kind === "measure" ? { ...NO_SURVEY, checks: task.checks } : task.request;
  const keys = checks.flatMap((check) => (check.kind === "exists-in" ? [check.other.path] : []));
  return reference?.kind === "rows" ? [...keys, reference.path] : keys;
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
