import { UserError } from "../errors.ts";
import type { CodeHost, PullRequest } from "../ports/code-host.ts";
import type { Documents } from "../ports/documents.ts";
import { printRecord } from "../registry/read-record.ts";
import { type ReleaseRecord, recordPath } from "../registry/release-record.ts";
import { promotionBody } from "./body.ts";
import { branchOfRecord } from "./branch.ts";
import { promotionId } from "./promotion-id.ts";

export interface RecordProposal {
  readonly record: ReleaseRecord;
  /** The default branch's head that the record was made from. */
  readonly base: string;
  readonly title: string;
  /** Markdown for people. */
  readonly text: string;
}

export interface Proposed {
  readonly pullRequest: PullRequest;
  readonly created: boolean;
}

type Host = Pick<CodeHost, "repository" | "branches" | "pullRequests">;

/**
 * Opens the pull request that changes exactly one record. Every step asks first whether it has been done, so a second
 * run after a crash ends at the same pull request.
 * @throws UserError BRANCH_TOUCHED when somebody else wrote to the branch
 */
export async function proposeRecord(host: Host, documents: Documents, proposal: RecordProposal): Promise<Proposed> {
  const { record, base, title, text } = proposal;
  const { model, environment, generation, serving } = record;
  const branch = branchOfRecord(record);
  await host.branches.create(branch, base);
  const head = (await host.branches.head(branch)) ?? base;
  const content = printRecord(record, documents);
  const change = { branch, expectedHead: head, path: recordPath.format(record), content, message: title };
  if ((await host.branches.commitFile(change)) === "moved") throw touched(branch);
  const repository = `${host.repository.owner}/${host.repository.name}`;
  const state = {
    promotion: promotionId(repository, record),
    model,
    environment,
    digest: serving.digest,
    generation,
    evidence: serving.evidence,
  };
  const body = promotionBody.format(state, text);
  return host.pullRequests.openOnce({ branch, base: await host.branches.defaultBranch(), title, body });
}

function touched(branch: string): UserError {
  return new UserError(
    "BRANCH_TOUCHED",
    `Somebody wrote to ${branch} meanwhile.`,
    "Merge or close its pull request, then run this again.",
  );
}
