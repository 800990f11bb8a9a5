import { modelOf } from "#core/config/read-config";
import { UserError } from "#core/errors";
import { fetchCandidate } from "#core/promotion/fetch-candidate";
import { promote as openPromotion } from "#core/promotion/promote";
import type { CommandHandler } from "./command-handler.ts";
import { findTarget } from "./find-target.ts";
import { answerWithProposal } from "./propose.ts";

/** Opens the promotion pull request for the candidate this pull request brought. */
export const promote: CommandHandler = async (ports, call) => {
  const { target, config, pullRequest } = await findTarget(ports, call);
  if (pullRequest.state !== "merged") {
    throw new UserError(
      "NOT_MERGED",
      `#${call.number} is ${pullRequest.state}.`,
      "Merge it first: what serves must come from the default branch.",
    );
  }
  const branch = await ports.host.branches.defaultBranch();
  if (pullRequest.base.branch !== branch) {
    throw new UserError(
      "NOT_MERGED",
      `#${call.number} was merged into ${pullRequest.base.branch}, not into ${branch}.`,
      "Bring its change to the default branch first: what serves must come from there.",
    );
  }
  const fetched = await fetchCandidate(
    { ...ports, files: ports.scratch },
    { model: target.model, commit: pullRequest.head.commit },
  );
  const model = modelOf(config, target.model);
  const promoted = await openPromotion({ ...ports, files: fetched.files }, { key: target, model, ...fetched.subject });
  return answerWithProposal(promoted, config);
};
