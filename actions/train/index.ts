import { artifactUploader } from "#adapters/artifact/uploader";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { fileSize } from "#adapters/filesystem/file-size";
import { folderFiles } from "#adapters/filesystem/files";
import { gitState } from "#adapters/git/git-state";
import { shellCommandRunner } from "#adapters/process/command-runner";
import { yamlDocuments } from "#adapters/yaml/documents";
import { chooseEngine } from "#core/data/engines/choose-engine";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { train } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(train, runner, (inputs, { log }) => ({
    files: folderFiles(inputs["working-directory"]),
    documents: yamlDocuments(),
    engine: chooseEngine(inputs.engine, {
      csv: csvDataEngine(),
      duckDb: duckDbDataEngine({ bindingFolder: inputs["engine-folder"], registry: inputs.registry }),
      bytesOf: fileSize,
      warn: log.warning,
    }),
    commands: shellCommandRunner(),
    git: gitState(inputs["working-directory"]),
    clock: () => new Date(),
    uploader: process.env["ACTIONS_RUNTIME_TOKEN"] === undefined ? undefined : artifactUploader(),
  }));
