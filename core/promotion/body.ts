import { z } from "zod";
import { Digest } from "../digest.ts";
import { EnvironmentName, ModelName } from "../names.ts";

/** What a promotion pull request's body carries for machines, beside the text for people. */
export const PromotionState = z.strictObject({
  promotion: Digest,
  model: ModelName,
  environment: EnvironmentName,
  digest: Digest,
  generation: z.number().int().min(1),
  evidence: Digest,
});
export type PromotionState = z.output<typeof PromotionState>;

const STATE = /^<!-- tidemark:promotion (?<state>\{[^\n]*\}) -->$/m;

/** The body of a promotion pull request: printed and parsed here only. */
export const promotionBody = {
  format: (state: PromotionState, text: string): string =>
    `<!-- tidemark:promotion ${JSON.stringify(state)} -->\n\n${text}`,
  parse: (body: string): PromotionState | undefined => {
    try {
      return PromotionState.parse(JSON.parse(STATE.exec(body)?.groups?.["state"] ?? "null"));
    } catch {
      return undefined;
    }
  },
};
