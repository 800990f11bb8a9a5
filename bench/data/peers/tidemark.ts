/** Our own engine, asked as the peers are: one job on one file, one line of JSON; `--write-profile` makes a reference. */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { judgeMeasured } from "#core/data/drift/judge-measured";
import { referenceProfile } from "#core/data/profile/profile-of";
import { printProfile, readProfile } from "#core/data/profile/reference-profile";
import { NO_SURVEY } from "#core/data/survey";
import type { DataEngine, SurveyEngine } from "#core/ports/data-engine";
import { benchChecks } from "../checks.ts";
import { checkName } from "./check-name.ts";

const { values: options } = parseArgs({
  options: {
    job: { type: "string", default: "contract" },
    data: { type: "string", default: "" },
    reference: { type: "string", default: "" },
    "write-profile": { type: "string" },
  },
});
const engine: DataEngine & Partial<SurveyEngine> = duckDbDataEngine();
const started = performance.now();
if (options["write-profile"] !== undefined) await writeProfile(options["write-profile"]);
else console.log(JSON.stringify({ ...(await answer()), seconds_work: (performance.now() - started) / 1_000 }));

async function answer() {
  const told = { tool: "Tidemark", version: "this checkout", checks: benchChecks.length, cannot: [] };
  if (options.job === "contract") {
    const { results } = await engine.measure(options.data, benchChecks);
    return { ...told, ...failures(results), drifted: null };
  }
  const profile = readProfile(JSON.parse(await readFile(options.reference, "utf8")), options.reference);
  const reference = { kind: "profile" as const, profile };
  const { measurement, columns, absent } = await survey(options.data, { ...NO_SURVEY, checks: benchChecks, reference });
  const measured = columns.flatMap(({ drift }) => (drift === null ? [] : [drift]));
  const judged = judgeMeasured([...measured, ...absent]).columns;
  const drifted = judged.filter(({ verdict }) => verdict === "drifted").map(({ name }) => name);
  return { ...told, ...failures(measurement.results), drifted };
}

function failures(results: readonly { readonly broken: number }[]) {
  const broken = benchChecks.filter((_, at) => (results[at]?.broken ?? 0) > 0).map(checkName);
  return { failures_found: broken.length, broken };
}

async function writeProfile(path: string): Promise<void> {
  const { columns } = await survey(options.data, NO_SURVEY);
  await writeFile(path, printProfile(referenceProfile(columns.map(({ profile }) => profile))));
}

function survey(...request: Parameters<SurveyEngine["survey"]>): ReturnType<SurveyEngine["survey"]> {
  if (engine.survey === undefined) throw new Error("The engine has no survey yet.");
  return engine.survey(...request);
}
