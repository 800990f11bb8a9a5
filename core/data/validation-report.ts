import { z } from "zod";
import { Digest } from "../digest.ts";
import { ModelName } from "../names.ts";
import { Finding } from "./finding.ts";

/** What `validate-data` found, for the steps that follow it. */
export const ValidationReport = z.strictObject({
  format: z.literal("tidemark/validation"),
  version: z.literal(1),
  model: ModelName.nullable(),
  verdict: z.enum(["pass", "fail"]),
  datasets: z.array(
    z.strictObject({ path: z.string(), digest: Digest, rows: z.number().int(), bytes: z.number().int() }),
  ),
  findings: z.array(Finding),
});
export type ValidationReport = z.output<typeof ValidationReport>;

export function validationPath(model: string): string {
  return `.tidemark/validation-${model}.json`;
}
