import { patternTest } from "#adapters/csv/pattern";
import { givenFiles } from "#adapters/filesystem/given-files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { contractSql } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(contractSql, runner, (inputs) => ({
    given: givenFiles(inputs["working-directory"]),
    documents: yamlDocuments(),
    clock: () => new Date(),
    refusePattern: (pattern) => void patternTest(pattern),
  }));
