import { connectJob } from "#adapters/github/connect";
import { yamlDocuments } from "#adapters/yaml/documents";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { rollback } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(rollback, runner, ({ repository, "github-token": token, "api-url": apiUrl }) => ({
    host: connectJob({ token, apiUrl, repository }).host,
    documents: yamlDocuments(),
    clock: () => new Date(),
  }));
