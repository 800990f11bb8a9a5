import { artifactUploader } from "#adapters/artifact/uploader";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { folderFiles } from "#adapters/filesystem/files";
import { gitState } from "#adapters/git/git-state";
import { shellCommandRunner } from "#adapters/process/command-runner";
import { yamlDocuments } from "#adapters/yaml/documents";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { train } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(train, runner, (inputs) => ({
    files: folderFiles(inputs["working-directory"]),
    documents: yamlDocuments(),
    engine: csvDataEngine(),
    commands: shellCommandRunner(),
    git: gitState(inputs["working-directory"]),
    clock: () => new Date(),
    uploader: process.env["ACTIONS_RUNTIME_TOKEN"] === undefined ? undefined : artifactUploader(),
  }));
