import { csvDataEngine } from "#adapters/csv/data-engine";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { fileSize } from "#adapters/filesystem/file-size";
import { folderFiles } from "#adapters/filesystem/files";
import { folderStore } from "#adapters/filesystem/folder-store";
import { scratchFolder } from "#adapters/filesystem/scratch";
import { connectJob } from "#adapters/github/connect";
import { yamlDocuments } from "#adapters/yaml/documents";
import { chooseEngine } from "#core/data/engines/choose-engine";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { promote } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(promote, runner, async (inputs, { log }) => {
    const { repository, "github-token": token, "api-url": apiUrl } = inputs;
    const job = connectJob({ token, apiUrl, repository });
    return {
      host: job.host,
      documents: yamlDocuments(),
      engine: chooseEngine(inputs.engine, {
        csv: csvDataEngine(),
        duckDb: duckDbDataEngine({ bindingFolder: inputs["engine-folder"], registry: inputs.registry }),
        bytesOf: fileSize,
        warn: log.warning,
      }),
      openStore: (store) => (store.kind === "folder" ? folderStore(store.path) : job.releaseStore),
      files: folderFiles(await scratchFolder()),
    };
  });
