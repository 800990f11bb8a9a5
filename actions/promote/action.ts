import { z } from "zod";
import { configAt } from "#core/config/config-at";
import { environmentOf, modelOf } from "#core/config/read-config";
import { CONFIG_PATH } from "#core/config/tidemark-config";
import { shortDigest } from "#core/digest";
import { UserError } from "#core/errors";
import type { CodeHost } from "#core/ports/code-host";
import type { DataEngine } from "#core/ports/data-engine";
import type { Documents } from "#core/ports/documents";
import type { Files } from "#core/ports/files";
import type { OpenStore } from "#core/ports/open-store";
import { fetchCandidate } from "#core/promotion/fetch-candidate";
import { defaultHead, promote as openPromotion } from "#core/promotion/promote";
import { code, link } from "#core/report/markdown";
import { defineAction } from "#kit/define-action";
import { text } from "#kit/input-types";
import {
  apiUrlInput,
  engineInputs,
  environmentInput,
  githubTokenInput,
  modelInput,
  repositoryInput,
} from "#kit/shared-inputs";

export interface PromoteDeps {
  readonly host: CodeHost;
  readonly documents: Documents;
  readonly engine: DataEngine;
  readonly openStore: OpenStore;
  /** An empty folder. */
  readonly files: Files;
}

const inputs = {
  model: modelInput(),
  environment: environmentInput(),
  commit: text()
    .regex(/^[0-9a-f]{40}$/, { error: "expected a full commit SHA" })
    .meta({
      input: { kind: "text", environment: "GITHUB_SHA", expression: "${{ github.sha }}" },
      description: "Commit whose candidate is promoted; of a merge, the pull request's head is taken.",
    }),
  "github-token": githubTokenInput(),
  repository: repositoryInput(),
  "api-url": apiUrlInput(),
  ...engineInputs(),
};

const outputs = {
  "pull-request": z.number().meta({ description: "Number of the promotion pull request." }),
  digest: z.string().meta({ description: "Digest of the model it promotes." }),
  generation: z.number().meta({ description: "Generation the release record will have." }),
};

export const promote = defineAction({
  name: "promote",
  title: "Promote",
  description: "Opens the one pull request that makes a proven candidate the version an environment serves.",
  icon: "trending-up",
  color: "green",
  inputs,
  outputs,
  async run(given, deps: PromoteDeps, { log }) {
    const { host, documents } = deps;
    const config = await configAt({ host, documents }, await defaultHead(host));
    if (config === undefined) {
      throw new UserError(
        "CONFIG_MISSING",
        `The default branch has no ${CONFIG_PATH}.`,
        "Add one to use Tidemark here.",
      );
    }
    const model = modelOf(config, given.model);
    const environment = environmentOf(model, given.environment).name;
    const commit = await trainedCommit(host, given.commit);
    const { subject } = await fetchCandidate(deps, { model: given.model, commit });
    const ports = { ...deps, store: deps.openStore(config.store) };
    const key = { model: given.model, environment };
    const { pullRequest, record, created } = await openPromotion(ports, { key, model, ...subject });
    log.info(`${created ? "Opened" : "Found"} pull request ${pullRequest.number}: ${pullRequest.title}`);
    const { digest } = record.serving;
    const summary = `${created ? "Opened" : "Found"} ${link(`#${pullRequest.number}`, pullRequest.url)}: ${code(shortDigest(digest))} for ${code(environment)}, generation ${record.generation}.`;
    return { outputs: { "pull-request": pullRequest.number, digest, generation: record.generation }, summary };
  },
});

/** Artifacts hang on the commit that was trained. After a merge that is the pull request's head, not the merge. */
async function trainedCommit(host: CodeHost, commit: string): Promise<string> {
  const merged = (await host.pullRequests.ofCommit(commit)).find(({ mergeCommit }) => mergeCommit === commit);
  return merged?.head.commit ?? commit;
}
