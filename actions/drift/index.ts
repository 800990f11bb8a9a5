import { csvDataEngine } from "#adapters/csv/data-engine";
import { folderFiles } from "#adapters/filesystem/files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { drift } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(drift, runner, (inputs) => ({
    files: folderFiles(inputs["working-directory"]),
    documents: yamlDocuments(),
    engine: csvDataEngine(),
  }));
