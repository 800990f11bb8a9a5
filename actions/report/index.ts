import { artifactUploader } from "#adapters/artifact/uploader";
import { folderFiles } from "#adapters/filesystem/files";
import { connectJob } from "#adapters/github/connect";
import { yamlDocuments } from "#adapters/yaml/documents";
import { UserError } from "#core/errors";
import { runUrl } from "#kit/job";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { report } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(report, runner, (inputs) => ({
    files: folderFiles(inputs["working-directory"]),
    documents: yamlDocuments(),
    uploader: process.env["ACTIONS_RUNTIME_TOKEN"] === undefined ? undefined : artifactUploader(),
    comments: () => {
      const { "github-token": token, repository, "api-url": apiUrl } = inputs;
      if (token !== undefined && repository !== undefined)
        return connectJob({ token, apiUrl, repository }).host.comments;
      throw new UserError("TOKEN_MISSING", "A comment needs a token.", "Give github-token and repository.");
    },
    runUrl: runUrl(process.env),
  }));
