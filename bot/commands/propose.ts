import { environmentOf, modelOf } from "#core/config/read-config";
import type { TidemarkConfig } from "#core/config/tidemark-config";
import type { Promoted } from "#core/promotion/promote";
import { plain } from "#core/report/markdown";
import type { CommandAnswer } from "./command-handler.ts";

/** Tells of the pull request a command opened; what becomes of it is decided where it is looked at itself. */
export function answerWithProposal({ pullRequest, record }: Promoted, config: TidemarkConfig): CommandAnswer {
  const environment = environmentOf(modelOf(config, record.model), record.environment);
  const mergesItself = record.reason === "rollback" && environment["rollback-merges-itself"];
  const next = mergesItself ? "It merges itself, by the environment's policy." : "Review and merge it.";
  return {
    text: `#${pullRequest.number}: ${plain(pullRequest.title)}. ${next}`,
    follow: [{ kind: "pull-request", number: pullRequest.number }],
  };
}
