import { givenFiles } from "#adapters/filesystem/given-files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { contractDiff } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(contractDiff, runner, (inputs) => ({
    given: givenFiles(inputs["working-directory"]),
    documents: yamlDocuments(),
  }));
