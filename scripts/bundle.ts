/** Builds build/ and dist/: tsc, one ncc bundle of the actions and one of the data engine, a stub per action, a smoke run of each. Skipped when nothing changed; --force builds. */
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { compile } from "./bundle/compile.ts";
import { fingerprint } from "./bundle/fingerprint.ts";
import { ENGINE, pack, packEngine, writeStubs } from "./bundle/pack.ts";
import { shrink } from "./bundle/shrink.ts";
import { smokeData } from "./bundle/smoke-data.ts";
import { findActions } from "./generate/actions.ts";
import { readIfPresent } from "./generate/written-file.ts";
import { BUDGET_BYTES, weigh, weightReport } from "./size.ts";
import { smoke } from "./smoke.ts";

const STAMP = ".fingerprint";

const { values: options } = parseArgs({ options: { force: { type: "boolean", default: false } } });
const root = join(import.meta.dirname, "..");
const current = await fingerprint(root);
if (!options.force && (await readIfPresent(join(root, "dist", STAMP))) === current) {
  console.log("dist/ is up to date");
} else {
  await bundle().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

/** Everything is built aside and moved into place at the end, so that a killed build leaves no half dist/. */
async function bundle(): Promise<void> {
  const started = performance.now();
  const workshop = join(root, ".tidemark", `bundle-${process.pid}`);
  const [build, dist] = [join(workshop, "build"), join(workshop, "dist")];
  await mkdir(workshop, { recursive: true });
  try {
    const actions = await findActions(root);
    await compile(root, build);
    await pack(root, build, dist);
    await packEngine(root, build, dist);
    await shrink(dist);
    await shrink(join(dist, ENGINE));
    await writeStubs(
      dist,
      actions.map(({ definition }) => definition.name),
    );
    refuse(await smoke(dist, actions));
    refuse(await smokeData(dist));
    await refuseOverweight(dist);
    await writeFile(join(dist, STAMP), current);
    await swap(build, join(root, "build"), workshop);
    await swap(dist, join(root, "dist"), workshop);
    console.log(`${actions.length} actions bundled in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`A stub misbehaves:\n${problems.join("\n")}`);
}

async function refuseOverweight(dist: string): Promise<void> {
  const weight = await weigh(dist);
  console.log(weightReport(weight));
  if (weight.bytes > BUDGET_BYTES) throw new Error("dist/ is over its budget.");
}

async function swap(fresh: string, place: string, workshop: string): Promise<void> {
  if (existsSync(place)) await rename(place, join(workshop, `old-${basename(place)}`));
  await rename(fresh, place);
}
