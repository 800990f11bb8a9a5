import { checksSection } from "./checks.ts";
import { deploymentRow } from "./deployments-page.ts";
import { filesSection } from "./diff.ts";
import { type Html, html } from "./html.ts";
import { layout } from "./layout.ts";
import { avatar, count, person, pullRequestPill, section, shortSha, time } from "./parts.ts";
import { timelineSection } from "./timeline.ts";
import type { CommitView, PullRequestView } from "./view.ts";

function heading(view: PullRequestView): Html {
  const { number, title, state, author, commits, headRef, baseRef, labels } = view;
  const verb = state === "merged" ? "merged" : "wants to merge";
  const names = labels.map((label) => html` <span class="badge">${label}</span>`);
  return html`<h1>${title} <span class="muted">#${number}</span></h1>
<p class="under">${pullRequestPill(state)} <span>${person(author)} ${verb} ${count(commits.length, "commit")} into <code class="ref">${baseRef}</code> from <code class="ref">${headRef}</code>${names}</span></p>\n`;
}

function tabs({ comments, reviews, commits, checks, files }: PullRequestView): Html {
  const tab = (target: string, label: string, amount: number): Html =>
    html`<a href="#${target}">${label} <span class="counter">${amount}</span></a>`;
  return html`<nav class="tabs" aria-label="Sections">${tab("conversation", "Conversation", comments.length + reviews.length)}${tab("checks", "Checks", checks.length)}${tab("commits", "Commits", commits.length)}${tab("files", "Files changed", files.length)}</nav>\n`;
}

function commitRow({ sha, message, author, at }: CommitView): Html {
  const [subject = ""] = message.split("\n");
  return html`<li><span class="line">${avatar(author)} <span><strong>${subject}</strong> <span class="muted">${person(author)} committed ${time(at)}</span></span><span class="end">${shortSha(sha)}</span></span></li>\n`;
}

/** What a reviewer sees of a pull request, on one page. */
export async function pullRequestPage(view: PullRequestView): Promise<string> {
  const { repository, title, number, deployments } = view;
  const [timeline, checks] = await Promise.all([timelineSection(view), checksSection(view.checks, repository)]);
  const deployed =
    deployments.length > 0
      ? section("Deployments", deployments.map(deploymentRow), "Nothing was deployed.")
      : undefined;
  return layout({
    title: `${title} · Pull request #${number} · ${repository.owner}/${repository.name}`,
    repository,
    body: html`${heading(view)}${tabs(view)}${timeline}${checks}${deployed}${section("Commits", view.commits.map(commitRow), "No commits.")}${filesSection(view.files)}`,
  });
}
