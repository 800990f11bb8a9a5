import { defineConfig } from "vitest/config";

const project = (name: string, include: string[], testTimeout: number) => ({ test: { name, include, testTimeout } });

export default defineConfig({
  test: {
    projects: [
      project("unit", ["test/{core,kit,adapters,actions,bot,cli,sandbox,docs,templates,scripts}/**/*.test.ts"], 10_000),
      project("contract", ["test/contract/**/*.test.ts"], 30_000),
      project("e2e", ["test/{e2e,examples}/**/*.test.ts"], 180_000),
    ],
  },
});
