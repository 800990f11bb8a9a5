import { folderFiles } from "#adapters/filesystem/files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { contractDiff } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(contractDiff, runner, (inputs) => ({
    files: folderFiles(inputs["working-directory"]),
    documents: yamlDocuments(),
  }));
