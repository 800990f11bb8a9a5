import { z } from "zod";
import { shortDigest } from "#core/digest";
import type { Clock } from "#core/ports/clock";
import type { CodeHost } from "#core/ports/code-host";
import type { Documents } from "#core/ports/documents";
import { rollback as openRollback } from "#core/promotion/rollback";
import { code, link } from "#core/report/markdown";
import { defineAction } from "#kit/define-action";
import { text } from "#kit/input-types";
import { apiUrlInput, environmentInput, githubTokenInput, modelInput, repositoryInput } from "#kit/shared-inputs";

export interface RollbackDeps {
  readonly host: CodeHost;
  readonly documents: Documents;
  readonly clock: Clock;
}

const inputs = {
  model: modelInput(),
  environment: environmentInput(),
  to: text()
    .optional()
    .meta({ description: "Digest of the version, or its beginning; the last healthy one when left out." }),
  reason: text().prefault("asked for by a workflow").meta({ description: "Why, in one sentence; shown to reviewers." }),
  by: text()
    .prefault("tidemark")
    .meta({
      input: { kind: "text", environment: "GITHUB_ACTOR", expression: "${{ github.actor }}" },
      description: "Who asks.",
    }),
  "github-token": githubTokenInput(),
  repository: repositoryInput(),
  "api-url": apiUrlInput(),
};

const outputs = {
  "pull-request": z.number().meta({ description: "Number of the rollback pull request." }),
  digest: z.string().meta({ description: "Digest of the version it goes back to." }),
};

export const rollback = defineAction({
  name: "rollback",
  title: "Roll back",
  description: "Opens the pull request that returns an environment to a version that was healthy there, and holds it.",
  icon: "rotate-ccw",
  color: "orange",
  inputs,
  outputs,
  async run(given, deps: RollbackDeps) {
    const { model, environment, to, reason, by } = given;
    const request = `action:${deps.clock().toISOString()}`;
    const { pullRequest, record } = await openRollback(deps, { key: { model, environment }, to, reason, by, request });
    const { digest } = record.serving;
    const summary = `${link(`#${pullRequest.number}`, pullRequest.url)} returns ${code(model)} in ${code(environment)} to ${code(shortDigest(digest))}.`;
    return { outputs: { "pull-request": pullRequest.number, digest }, summary };
  },
});
