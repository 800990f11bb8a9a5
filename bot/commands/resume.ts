import { resume as openResume } from "#core/promotion/resume";
import type { CommandHandler } from "./command-handler.ts";
import { findTarget } from "./find-target.ts";
import { answerWithProposal } from "./propose.ts";

export const resume: CommandHandler = async (ports, call) => {
  const { target, config } = await findTarget(ports, call);
  return answerWithProposal(await openResume(ports, target), config);
};
