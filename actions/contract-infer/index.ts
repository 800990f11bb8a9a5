import { csvDataEngine } from "#adapters/csv/data-engine";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { fileSize } from "#adapters/filesystem/file-size";
import { folderFiles } from "#adapters/filesystem/files";
import { givenFiles } from "#adapters/filesystem/given-files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { chooseEngine } from "#core/data/engines/choose-engine";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { contractInfer } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(contractInfer, runner, (inputs, { log }) => ({
    files: folderFiles(inputs["working-directory"]),
    given: givenFiles(inputs["working-directory"]),
    documents: yamlDocuments(),
    engine: chooseEngine(inputs.engine, {
      csv: csvDataEngine(),
      duckDb: duckDbDataEngine({ bindingFolder: inputs["engine-folder"], registry: inputs.registry }),
      bytesOf: fileSize,
      warn: log.warning,
    }),
  }));
