import { z } from "zod";
import { limitOf, OPERATORS } from "../limit.ts";
import { operators } from "./operators.ts";

/** What the standard's library lacks, as a rule with `type: custom` and `engine: tidemark`. */
export const TidemarkCheck = z
  .strictObject({
    /**
     * `rowCountChange`: percent more (or, negative, fewer) rows than the previous snapshot.
     * `sharedRows`: percent of the holdout's rows that are among the training rows.
     * `conflictingLabels`: percent of complete rows that repeat another one in all but the label, and differ in it.
     */
    check: z.enum(["rowCountChange", "sharedRows", "conflictingLabels"]),
    ...operators,
  })
  .refine((check) => limitOf(check) !== undefined, {
    error: `needs exactly one operator: one of ${OPERATORS.join(", ")}`,
  });
export type TidemarkCheck = z.output<typeof TidemarkCheck>;
