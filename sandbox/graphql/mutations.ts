import { z } from "zod";
import { accountOf } from "../auth/actor.ts";
import { mergeability } from "../effects/mergeability.ts";
import type { Cause } from "../http/call.ts";
import { needs } from "../http/route.ts";
import { parseNodeId } from "../identifiers.ts";
import { isPull, type PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { authorizeGraphql } from "./access.ts";
import { GraphqlError } from "./graphql-error.ts";

const unresolved = (id: string) =>
  new GraphqlError("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);

const MinimizeInput = z.object({
  subjectId: z.string(),
  classifier: z.enum(["SPAM", "ABUSE", "OFF_TOPIC", "OUTDATED", "DUPLICATE", "RESOLVED"]),
});

export function minimizeComment(cause: Cause, input: unknown): unknown {
  const { subjectId, classifier } = MinimizeInput.parse(input);
  const node = parseNodeId(subjectId);
  for (const repository of cause.state.repositories.values()) {
    const comment = node?.kind === "IssueComment" ? repository.comments.get(Number(node.id)) : undefined;
    if (!comment) continue;
    authorizeGraphql(cause, repository, needs("issues:write", "pull_requests:write"));
    comment.minimizedReason = classifier.toLowerCase();
    return { minimizedComment: { id: subjectId, isMinimized: true, minimizedReason: comment.minimizedReason } };
  }
  throw unresolved(subjectId);
}

const AutoMergeInput = z.object({
  pullRequestId: z.string(),
  mergeMethod: z.enum(["MERGE", "SQUASH", "REBASE"]).default("MERGE"),
});

const METHOD = { MERGE: "merge", SQUASH: "squash", REBASE: "rebase" } as const;

export async function enableAutoMerge(cause: Cause, input: unknown): Promise<unknown> {
  const { pullRequestId, mergeMethod } = AutoMergeInput.parse(input);
  const { repository, issue } = pullByNode(cause, pullRequestId);
  authorizeGraphql(cause, repository, needs("contents:write"));
  const { state } = await mergeability(repository, issue);
  if (state === "clean") {
    throw new GraphqlError("UNPROCESSABLE", "Pull request Pull request is in clean status");
  }
  const enabledBy = accountOf(cause.actor) ?? repository.owner;
  issue.pull.autoMerge = { enabledBy, method: METHOD[mergeMethod] };
  const autoMergeRequest = { enabledAt: cause.state.now(), mergeMethod };
  return { pullRequest: { id: pullRequestId, number: issue.number, autoMergeRequest } };
}

function pullByNode(cause: Cause, nodeId: string): { repository: Repository; issue: PullRequest } {
  const node = parseNodeId(nodeId);
  for (const repository of cause.state.repositories.values()) {
    const issue = [...repository.issues.values()].find(({ id }) => String(id) === node?.id);
    if (node?.kind === "PullRequest" && isPull(issue)) return { repository, issue };
  }
  throw unresolved(nodeId);
}
