import { csvDataEngine } from "#adapters/csv/data-engine";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { fileSize } from "#adapters/filesystem/file-size";
import { folderFiles } from "#adapters/filesystem/files";
import { folderStore } from "#adapters/filesystem/folder-store";
import { jobEvent } from "#adapters/filesystem/job-event";
import { connectJob } from "#adapters/github/connect";
import { yamlDocuments } from "#adapters/yaml/documents";
import { chooseEngine } from "#core/data/engines/choose-engine";
import { UserError } from "#core/errors";
import { jobOf } from "#kit/job";
import { project } from "#kit/project";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { compareMetrics } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(compareMetrics, runner, (inputs, { log }) => ({
    files: folderFiles(inputs["working-directory"]),
    documents: yamlDocuments(),
    engine: chooseEngine(inputs.engine, {
      csv: csvDataEngine(),
      duckDb: duckDbDataEngine({ bindingFolder: inputs["engine-folder"], registry: inputs.registry }),
      bytesOf: fileSize,
      warn: log.warning,
    }),
    clock: () => new Date(),
    openStore: (store) => (store.kind === "folder" ? folderStore(store.path) : releases(inputs)),
    job: jobOf(process.env, jobEvent(process.env["GITHUB_EVENT_PATH"])),
    tool: `tidemark ${project.version}`,
  }));

interface Access {
  readonly "github-token"?: string | undefined;
  readonly repository?: string | undefined;
  readonly "api-url": string;
}

function releases({ "github-token": token, repository, "api-url": apiUrl }: Access) {
  if (token !== undefined && repository !== undefined) return connectJob({ token, apiUrl, repository }).releaseStore;
  const problem = "The baseline's predictions are in the repository's releases, and there is no token to read them.";
  throw new UserError("TOKEN_MISSING", problem, "Give github-token and repository, or a baseline folder.");
}
