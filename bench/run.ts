/** `npm run bench -- <suite> [flags]`: runs `bench/<suite>/run.ts` with the flags that follow. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = import.meta.dirname;
const suites = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(folder, entry.name)).includes("run.ts"))
  .map(({ name }) => name)
  .sort();
const [, , suite = ""] = process.argv;

if (suites.includes(suite)) {
  process.argv.splice(2, 1);
  await import(`./${suite}/run.ts`);
} else {
  console.error(`Name a suite: ${suites.join(", ")}. Such as: npm run bench -- data --rows 1000000 --write`);
  process.exitCode = 2;
}
