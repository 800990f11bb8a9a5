import { z } from "zod";
import { appOf, roleOf } from "../auth/actor.ts";
import { announceComment, checkBody } from "../effects/issue.ts";
import { type Answer, created, noContent, ok, page } from "../http/answer.ts";
import { ApiError, notAccessible, notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { type Route, route } from "../http/route.ts";
import { hasRole } from "../model/account.ts";
import type { Comment, Reaction } from "../model/issue.ts";
import { commentItem, reactionItem } from "../resources/issue.ts";
import { readsIssues, requestedIssue, writesConversation } from "./issues.ts";

const Body = z.object({ body: z.string().min(1, "body can't be blank") });

function createComment(call: Call): Answer {
  const issue = requestedIssue(call);
  const { body } = call.read(Body);
  checkBody(body);
  const at = call.state.now();
  const comment: Comment = {
    id: call.state.nextId(),
    issueNumber: issue.number,
    author: call.account,
    appId: appOf(call.actor)?.id,
    body,
    createdAt: at,
    updatedAt: at,
    reactions: [],
    minimizedReason: undefined,
  };
  call.repository.comments.set(comment.id, comment);
  announceComment(call, call.repository, { comment, action: "created" });
  return created(render(call, comment));
}

const render = (call: Call, comment: Comment) => commentItem(call.state, call.repository, comment);

function requestedComment(call: Call): Comment {
  const comment = call.repository.comments.get(call.number("comment_id"));
  if (!comment) throw notFound();
  return comment;
}

/** One's own comment, or any for a person who may write; an app edits only its own. */
function editableComment(call: Call): Comment {
  const comment = requestedComment(call);
  const own = comment.author.id === call.account.id;
  const isWriter = call.actor.kind === "user" && hasRole(roleOf(call.repository, call.account), "write");
  if (own || isWriter) return comment;
  throw call.actor.kind === "user" ? new ApiError(403, "Must have admin rights to Repository.") : notAccessible();
}

function updateComment(call: Call): Answer {
  const comment = editableComment(call);
  const { body } = call.read(Body);
  checkBody(body);
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = call.state.now();
  announceComment(call, call.repository, { comment, action: "edited", from });
  return ok(render(call, comment));
}

function deleteComment(call: Call): Answer {
  const comment = editableComment(call);
  call.repository.comments.delete(comment.id);
  announceComment(call, call.repository, { comment, action: "deleted" });
  return noContent();
}

function listComments(call: Call): Promise<Answer> {
  const { number } = requestedIssue(call);
  return list(call, (comment) => comment.issueNumber === number);
}

function list(call: Call, wanted: (comment: Comment) => boolean): Promise<Answer> {
  const since = call.query("since") ?? "";
  const found = [...call.repository.comments.values()].filter(
    (comment) => wanted(comment) && comment.updatedAt >= since,
  );
  return page(call, found, (comment) => render(call, comment));
}

const ReactionRequest = z.object({
  content: z.enum(["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"]),
});

function react(call: Call, reactions: Reaction[]): Answer {
  const { content } = call.read(ReactionRequest);
  const existing = reactions.find((reaction) => reaction.content === content && reaction.user.id === call.account.id);
  if (existing) return ok(reactionItem(call.state, existing));
  const reaction = { id: call.state.nextId(), content, user: call.account, createdAt: call.state.now() };
  reactions.push(reaction);
  return created(reactionItem(call.state, reaction));
}

function listReactions(call: Call, reactions: readonly Reaction[]): Promise<Answer> {
  const content = call.query("content");
  const found = reactions.filter((reaction) => content === undefined || reaction.content === content);
  return page(call, found, (reaction) => reactionItem(call.state, reaction));
}

const COMMENT = "/repos/{owner}/{repo}/issues/comments/{comment_id}";
const ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}";

export const commentRoutes: readonly Route[] = [
  route(`GET ${ISSUE}/comments`, readsIssues, listComments),
  route(`POST ${ISSUE}/comments`, writesConversation, createComment),
  route("GET /repos/{owner}/{repo}/issues/comments", readsIssues, (call) => list(call, () => true)),
  route(`GET ${COMMENT}`, readsIssues, (call) => ok(render(call, requestedComment(call)))),
  route(`PATCH ${COMMENT}`, writesConversation, updateComment),
  route(`DELETE ${COMMENT}`, writesConversation, deleteComment),
  route(`GET ${COMMENT}/reactions`, readsIssues, (call) => listReactions(call, requestedComment(call).reactions)),
  route(`POST ${COMMENT}/reactions`, writesConversation, (call) => react(call, requestedComment(call).reactions)),
  route(`GET ${ISSUE}/reactions`, readsIssues, (call) => listReactions(call, requestedIssue(call).reactions)),
  route(`POST ${ISSUE}/reactions`, writesConversation, (call) => react(call, requestedIssue(call).reactions)),
];
