import { defineConfig } from "vitest/config";

const project = (name: string, include: string[], testTimeout: number) => ({ test: { name, include, testTimeout } });

// One after the other: two demos would share a folder, two bundles a place.
const inTurn = ({ test }: ReturnType<typeof project>) => ({ test: { ...test, fileParallelism: false } });

// Where .ci/run wants the results as JSON; a person reads the default reporter.
const report = process.env["TIDEMARK_TEST_REPORT"];

export default defineConfig({
  test: {
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    projects: [
      project("unit", ["test/{core,kit,adapters,actions,bot,cli,docs,templates,scripts}/**/*.test.ts"], 10_000),
      project("contract", ["test/{contract,sandbox}/**/*.test.ts"], 30_000),
      inTurn(project("e2e", ["test/{e2e,examples}/**/*.test.ts"], 180_000)),
    ],
  },
});
