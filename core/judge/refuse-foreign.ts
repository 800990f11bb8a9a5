import { UserError } from "../errors.ts";
import type { WorkflowRun } from "../ports/code-host.ts";
import type { Evidence } from "./evidence.ts";

/** What the document says of itself must be what GitHub says of the run it came from. @throws UserError EVIDENCE_FOREIGN */
export function refuseForeign(
  evidence: Evidence,
  { run, model }: { readonly run: WorkflowRun; readonly model: string },
): void {
  const differs = [
    ...(evidence.model === model ? [] : [`model ${evidence.model}`]),
    ...(evidence.run?.id === run.id ? [] : [`run ${evidence.run?.id}`]),
    ...(evidence.run?.headSha === run.headSha ? [] : [`commit ${evidence.run?.headSha}`]),
  ];
  if (differs.length === 0) return;
  throw new UserError(
    "EVIDENCE_FOREIGN",
    `The evidence of run ${run.id} speaks of ${differs.join(", ")}.`,
    "Run the workflow again.",
  );
}
