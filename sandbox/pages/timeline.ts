import { type Html, html } from "./html.ts";
import { markdownBlock } from "./markdown.ts";
import { avatar, person, pill, time } from "./parts.ts";
import type { CommentView, PullRequestView, ReactionView, RepositoryName, ReviewView } from "./view.ts";

const EMOJI: Readonly<Record<string, string>> = {
  "+1": "👍",
  "-1": "👎",
  laugh: "😄",
  hooray: "🎉",
  confused: "😕",
  heart: "❤️",
  rocket: "🚀",
  eyes: "👀",
};

const reaction = ({ content, count }: ReactionView): Html =>
  html`<span class="reaction" title="${content}">${EMOJI[content] ?? content} ${count}</span>`;

function hidden({ hiddenAs }: CommentView, content: Html): Html {
  if (hiddenAs === undefined) return content;
  return html`<details class="hidden"><summary>This comment was marked as ${hiddenAs.toLowerCase()}.</summary>${content}</details>`;
}

async function commentBlock(comment: CommentView, repository: RepositoryName): Promise<Html> {
  const { author, at, body, reactions = [] } = comment;
  const text = (await markdownBlock(body, repository)) ?? html`<p class="blank">No description provided.</p>`;
  const row = reactions.length > 0 ? html`<p class="reactions">${reactions.map(reaction)}</p>` : undefined;
  const content = hidden(comment, html`${text}${row}`);
  return html`<article class="comment">${avatar(author)}<div class="box"><header>${person(author)} commented ${time(at)}</header>${content}</div></article>\n`;
}

const REVIEW_WORDS = {
  approved: ["good", "approved these changes"],
  changes_requested: ["bad", "requested changes"],
  commented: ["quiet", "reviewed"],
  dismissed: ["quiet", "left a review that was dismissed"],
} as const;

async function reviewBlock({ author, at, state, body }: ReviewView, repository: RepositoryName): Promise<Html> {
  const [tone, words] = REVIEW_WORDS[state];
  const text = await markdownBlock(body, repository);
  const block = text ? html`<div class="box">${text}</div>` : undefined;
  return html`<article class="comment review">${avatar(author)}<div><p class="says">${pill(tone, state.replaceAll("_", " "))} ${person(author)} ${words} ${time(at)}</p>${block}</div></article>\n`;
}

/** The description, then comments and reviews in the order in which they came. */
export async function timelineSection(view: PullRequestView): Promise<Html> {
  const { repository, author, at, body } = view;
  const entries = [
    ...view.comments.map((comment) => ({ at: comment.at, block: commentBlock(comment, repository) })),
    ...view.reviews.map((review) => ({ at: review.at, block: reviewBlock(review, repository) })),
  ].sort((left, right) => left.at.localeCompare(right.at));
  const blocks = await Promise.all([
    commentBlock({ author, at, body }, repository),
    ...entries.map((entry) => entry.block),
  ]);
  return html`<section id="conversation" aria-label="Conversation">${blocks}</section>\n`;
}
