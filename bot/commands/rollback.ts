import { defaultHead } from "#core/promotion/promote";
import { rollback as openRollback } from "#core/promotion/rollback";
import { recordAt } from "#core/registry/record-at";
import { code } from "#core/report/markdown";
import type { CommandHandler } from "./command-handler.ts";
import { findTarget } from "./find-target.ts";
import { answerWithProposal } from "./propose.ts";

/** Goes back to the last healthy version, or to the one named, and holds the environment there. */
export const rollback: CommandHandler = async (ports, call) => {
  const { target, config } = await findTarget(ports, call);
  const request = `comment:${call.comment.id}`;
  const current = await recordAt(ports, target, await defaultHead(ports.host));
  // Asked again after a crash, the record itself says that this comment's rollback is done.
  if (current?.hold?.request === request) {
    const follow = [{ kind: "release", model: target.model, environment: target.environment }] as const;
    return { text: `${code(target.model)} in ${code(target.environment)} has been rolled back.`, follow };
  }
  const reason = `asked for in a comment on #${call.number}`;
  const proposed = await openRollback(ports, { key: target, to: target.to, reason, by: call.comment.author, request });
  return answerWithProposal(proposed, config);
};
