import { z } from "zod";
import type { Comment, Comments } from "#core/ports/code-host";
import { type Client, undefinedWhenMissing } from "./client.ts";
import { createOnce } from "./create-once.ts";
import type { Identity } from "./identity.ts";
import { isOwnComment } from "./identity.ts";
import { firstItem } from "./pages.ts";
import { statusOf } from "./problems.ts";

const RawComment = z.object({
  id: z.number(),
  html_url: z.string(),
  body: z.string().nullish(),
  created_at: z.string().optional(),
  updated_at: z.string().optional(),
  user: z.object({ login: z.string(), type: z.string() }).nullable(),
  performed_via_github_app: z.object({ id: z.number(), slug: z.string().optional() }).nullish(),
});
type RawComment = z.output<typeof RawComment>;

const ON_ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
const COMMENT = "/repos/{owner}/{repo}/issues/comments/{comment_id}";

export function repositoryComments(client: Client, identity: Identity): Comments {
  const shaped = (raw: RawComment): Comment => shape(raw, identity);
  const find = async (number: number, marker: string): Promise<Comment | undefined> => {
    const list = { route: `GET ${ON_ISSUE}`, item: RawComment, parameters: { issue_number: number } };
    const raw = await firstItem(client, list, (one) => isOwnComment(one, identity) && hasMarker(one, marker));
    return raw && shaped(raw);
  };
  const create = (number: number, marker: string, body: string): Promise<Comment> =>
    createOnce(
      () => client.write(`POST ${ON_ISSUE}`, RawComment, { issue_number: number, body }).then(shaped),
      () => find(number, marker),
    );
  return {
    find,
    get: async (id) => {
      const raw = await client.find(`GET ${COMMENT}`, RawComment, { comment_id: id });
      return raw && shaped(raw);
    },
    upsert: async (number, marker, text) => {
      const body = marked(marker, text);
      const existing = await find(number, marker);
      if (existing === undefined) return { comment: await create(number, marker, body), change: "created" };
      if (sameText(existing.body, body)) return { comment: existing, change: "unchanged" };
      const edited = await client.write(`PATCH ${COMMENT}`, RawComment, { comment_id: existing.id, body });
      return { comment: shaped(edited), change: "edited" };
    },
    reply: async (number, marker, text) => {
      if ((await find(number, marker)) === undefined) await create(number, marker, marked(marker, text));
    },
    react: (id, content) => react(client, id, content),
  };
}

function shape(raw: RawComment, identity: Identity): Comment {
  return {
    id: raw.id,
    url: raw.html_url,
    body: raw.body ?? "",
    author: raw.user?.login ?? "ghost",
    mine: isOwnComment(raw, identity),
    edited: raw.created_at !== raw.updated_at,
  };
}

const hasMarker = (comment: RawComment, marker: string): boolean => (comment.body ?? "").startsWith(marker);

const marked = (marker: string, body: string): string => (body.startsWith(marker) ? body : `${marker}\n${body}`);

/** GitHub may store other line ends and no trailing space. */
const sameText = (one: string, other: string): boolean => stored(one) === stored(other);
const stored = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();

/** A reaction is there once however often it is given. A comment that is gone or locked needs none. */
async function react(client: Client, commentId: number, content: string): Promise<void> {
  const attempt = () =>
    client.write(`POST ${COMMENT}/reactions`, z.unknown(), { comment_id: commentId, content }).catch((error) => {
      if (statusOf(error) !== 422) undefinedWhenMissing(error);
    });
  await createOnce(attempt, async () => undefined);
}
