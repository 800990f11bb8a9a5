import { expect, test } from "vitest";
import { read } from "./support/documents.ts";

const page = read("CONTRIBUTING.md");

// What the walk-throughs say stands where. A name that moves makes its walk-through untrue.
test.each([
  ["BinaryMetric", "core/metrics/binary/binary-rows.ts"],
  ["binaryMean", "core/metrics/binary/binary-mean.ts"],
  ["binaryMean", "core/metrics/binary/brier.ts"],
  ["BINARY_METRICS", "core/metrics/binary/binary-task.ts"],
  ["closedForm", "core/metrics/binary/binary-task.ts"],
  ["LocalTarget", "core/config/tidemark-config.ts"],
  ["DeployTarget", "core/ports/deploy-target.ts"],
  ["openTarget", "actions/deploy/index.ts"],
  ["COMMANDS", "core/commands/command.ts"],
  ["Verb", "core/commands/command.ts"],
  ["CommandHandler", "bot/commands/command-handler.ts"],
  ["findTarget", "bot/commands/find-target.ts"],
  ["HANDLERS", "bot/commands/answer.ts"],
])("%s stands in %s", (name, path) => {
  expect(page).toContain(`\`${name}\``);
  expect(page).toContain(`\`${path}\``);
  expect(read(path)).toMatch(new RegExp(`\\b${name}\\b`));
});

test.each(["core", "kit", "adapters", "actions", "bot", "cli", "sandbox"])("the arrows of %s are told", (folder) => {
  expect(page).toMatch(new RegExp(`^\\| \`${folder}/`, "m"));
  expect(read(".dependency-cruiser.cjs")).toContain(`"^${folder}/`);
});

test("the starter of a security report and the licence are where the pages say", () => {
  expect(read("SECURITY.md")).toContain("private vulnerability reporting");
  expect(read("LICENSE")).toContain("Apache License");
});
