// Sums vitest's JSON report into the one line a reader of the log looks for. Skipped counts as failed: it proves nothing.
// biome-ignore-all lint/suspicious/noConsole: the log is what this is for.
import { readFileSync } from "node:fs";

const [path = "", otherSteps = "0"] = process.argv.slice(2);

function readReport() {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    console.error(`There is no test report at ${path}: the tests did not run to their end.`);
    return undefined;
  }
}

const report = readReport();
const tests = report?.testResults?.flatMap((file) => file.assertionResults) ?? [];
const passed = tests.filter(({ status }) => status === "passed").length;
const skipped = tests.filter(({ status }) => status !== "passed" && status !== "failed");
// A file that cannot be loaded fails without a test of its own.
const broken =
  report?.testResults?.filter((file) => file.status === "failed" && file.assertionResults.length === 0) ?? [];
for (const { fullName, status } of skipped) console.error(`${status}: ${fullName}`);
for (const { name } of broken) console.error(`not loaded: ${name}`);
const none = passed === 0 ? 1 : 0;
const failed = tests.filter(({ status }) => status === "failed").length + skipped.length + broken.length + none;
if (otherSteps !== "0") console.error("A step other than the tests failed, see above.");
console.log(`${passed} passed, ${Math.max(failed, Number(otherSteps))} failed`);
process.exitCode = failed > 0 || otherSteps !== "0" ? 1 : 0;
