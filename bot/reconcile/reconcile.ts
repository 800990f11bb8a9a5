import { answerComment } from "../commands/answer.ts";
import type { Reconcile } from "../work.ts";
import { reconcilePullRequest } from "./pull-request.ts";
import { reconcileRelease } from "./release.ts";
import { everything } from "./repository.ts";

/** One entry for every key: read the state, bring it where it should be, name what follows. */
export const reconcile: Reconcile = (key, ports) => {
  switch (key.kind) {
    case "pull-request":
      return reconcilePullRequest(ports, key.number);
    case "release":
      return reconcileRelease(ports, key);
    case "comment":
      return answerComment(ports, key);
    case "repository":
      return everything(ports);
    default:
      return key satisfies never;
  }
};
