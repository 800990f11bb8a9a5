import type { CodeHost, PullRequest } from "../ports/code-host.ts";
import type { RecordKey } from "../registry/read-record.ts";
import { promotionBranch } from "./branch.ts";

const MARKER = "<!-- tidemark:superseded v1 -->";

/** Closes older promotion pull requests of the same model and environment, with a pointer to the newer one. */
export async function supersede(host: CodeHost, newer: PullRequest, key: RecordKey): Promise<readonly number[]> {
  const older = (await host.pullRequests.open()).filter(
    (open) => open.number < newer.number && isPromotionOf(open, key),
  );
  for (const { number, head } of older) {
    await host.comments.upsert(number, MARKER, `${MARKER}\nSuperseded by #${newer.number}.`);
    await host.pullRequests.update(number, { state: "closed" });
    await host.branches.remove(head.branch);
  }
  return older.map(({ number }) => number);
}

function isPromotionOf({ head }: PullRequest, { model, environment }: RecordKey): boolean {
  if (!head.sameRepository) return false;
  const branch = promotionBranch.parse(head.branch);
  return branch?.kind === "promote" && branch.model === model && branch.environment === environment;
}
