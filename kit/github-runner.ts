import * as core from "@actions/core";
import type { Log, Place } from "#core/ports/log";
import type { Explained } from "./explain.ts";
import type { Finished, Runner } from "./runner.ts";
import { fittedSummary } from "./summary.ts";
import { inertLine, visibleLine } from "./visible.ts";

const OUTPUT_NAME = /^[a-z][a-z0-9-]*$/;

/** A job on GitHub. Every line that may carry foreign text is made inert, so that no data can give the runner a command. */
export function githubRunner(): Runner {
  const log = githubLog();
  return {
    log,
    inputs: (names) => Object.fromEntries(names.map((name) => [name, core.getInput(name) || undefined])),
    mask: maskLines,
    setOutputs: (outputs) => {
      for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
    },
    summary: writeSummary,
    fail: (error) => fail(log, error),
    finish: (result) => finish(log, result),
  };
}

function githubLog(): Log {
  let depth = 0;
  return {
    info: (text) => core.info(inertLine(text)),
    debug: (text) => {
      if (core.isDebug()) core.debug(inertLine(text));
    },
    warning: (text, place) => core.warning(inertLine(text), properties(place)),
    error: (text, place) => core.error(inertLine(text), properties(place)),
    group: async (title, work) => {
      depth++;
      try {
        // GitHub's log has no groups in groups: an inner one would close the outer one.
        if (depth === 1) return await core.group(inertLine(title), work);
        core.info(inertLine(title));
        return await work();
      } finally {
        depth--;
      }
    },
  };
}

function properties(place: Place = {}): core.AnnotationProperties {
  return {
    ...(place.file !== undefined && { file: visibleLine(place.file) }),
    ...(place.line !== undefined && { startLine: place.line }),
    ...(place.title !== undefined && { title: visibleLine(place.title) }),
  };
}

/** The runner masks line by line, so a secret of several lines (a private key) is masked whole and by its lines. */
function maskLines(secret: string): void {
  core.setSecret(secret);
  for (const line of secret.split(/\r?\n/)) if (line.trim().length > 3) core.setSecret(line);
}

/** The file of outputs escapes values, not names: a name with a line break would write records of its own. */
function setOutput(name: string, value: unknown): void {
  if (!OUTPUT_NAME.test(name)) throw new Error(`"${visibleLine(name)}" cannot be the name of an output.`);
  if (value !== undefined) core.setOutput(name, value);
}

async function writeSummary(markdown: string): Promise<void> {
  if (!process.env["GITHUB_STEP_SUMMARY"]) return;
  await core.summary.addRaw(fittedSummary(markdown), true).write();
}

function fail(log: Log, error: Explained): void {
  const lines = [...error.problems, `${error.hint} [${error.code}]`];
  core.error(lines.map(inertLine).join("\n"));
  for (const line of error.stack) log.debug(line);
}

/** A red step without a reason helps nobody. */
function finish(log: Log, { verdict }: Finished): void {
  if (verdict === "fail") log.error("The verdict is fail. The job summary gives the reasons.");
  else if (verdict === "inconclusive") {
    log.error("The verdict is inconclusive, which blocks like a fail. The job summary says what is missing.");
  } else if (verdict === "pass") log.info("The verdict is pass.");
}
