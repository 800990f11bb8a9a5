import { homedir } from "node:os";
import { resolve } from "node:path";
import { folderFiles } from "#adapters/filesystem/files";
import { folderStore } from "#adapters/filesystem/folder-store";
import { scratchFolder } from "#adapters/filesystem/scratch";
import { connectJob } from "#adapters/github/connect";
import { localTarget } from "#adapters/local/target";
import { yamlDocuments } from "#adapters/yaml/documents";
import { runUrl } from "#kit/job";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { deploy } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(deploy, runner, async (inputs) => {
    const { repository, "github-token": token, "api-url": apiUrl, "working-directory": folder } = inputs;
    const job = connectJob({ token, apiUrl, repository });
    return {
      host: job.host,
      documents: yamlDocuments(),
      openStore: (store) => (store.kind === "folder" ? folderStore(store.path) : job.releaseStore),
      openTarget: (target, modelFolder) =>
        localTarget({
          command: target.run,
          folder: resolve(folder, modelFolder),
          stateFolder: resolve(folder, target.state.replace(/^~(?=\/|$)/, homedir())),
          port: target.port,
          readyTimeoutSeconds: target["ready-seconds"],
        }),
      files: folderFiles(await scratchFolder()),
      runUrl: runUrl(process.env),
    };
  });
