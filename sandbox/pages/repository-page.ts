import { deploymentRow } from "./deployments-page.ts";
import { type Html, html, link } from "./html.ts";
import { layout } from "./layout.ts";
import { markdownBlock } from "./markdown.ts";
import { fileSize, outcomeIcon, outcomeWord, person, pullRequestIcon, section, shortSha, time } from "./parts.ts";
import { paths } from "./paths.ts";
import type { PullRequestLine, ReleaseView, RepositoryName, RepositoryView, RunLine } from "./view.ts";

const pullRequestRow =
  (repository: RepositoryName) =>
  (line: PullRequestLine): Html =>
    html`<li><span class="line">${pullRequestIcon(line.state)} <span><a href="${paths.pullRequest(repository, line.number)}"><strong>${line.title}</strong></a><br><span class="muted">#${line.number} by ${person(line.author)} ${time(line.at)}</span></span></span></li>\n`;

const runRow =
  (repository: RepositoryName) =>
  (run: RunLine): Html =>
    html`<li><span class="line">${outcomeIcon(run)} <span><a href="${paths.run(repository, run.id)}"><strong>${run.workflow}</strong></a><br><span class="muted">${outcomeWord(run)}, on ${run.event} of <code class="ref">${run.branch}</code> ${time(run.at)}</span></span></span></li>\n`;

async function releaseRow({ tag, name, at, body, assets }: ReleaseView, repository: RepositoryName): Promise<Html> {
  const files = assets.map(
    (asset) => html`<li>${link(asset.url, asset.name)} <span class="muted">${fileSize(asset.sizeBytes)}</span></li>`,
  );
  const text = await markdownBlock(body, repository);
  return html`<li><strong>${name || tag}</strong> <span class="badge">${tag}</span> <span class="muted">${time(at)}</span>${text}<ul class="assets">${files}</ul></li>\n`;
}

const branchRow =
  (defaultBranch: string) =>
  ({ name, sha, isProtected }: RepositoryView["branches"][number]): Html => {
    const badges = [...(name === defaultBranch ? ["default"] : []), ...(isProtected ? ["protected"] : [])];
    return html`<li><span class="line"><span><code class="ref">${name}</code>${badges.map((badge) => html` <span class="badge">${badge}</span>`)}</span><span class="end">${shortSha(sha)}</span></span></li>\n`;
  };

export async function repositoryPage(view: RepositoryView): Promise<string> {
  const { repository, description } = view;
  const readme = await markdownBlock(view.readme, repository);
  const releases = await Promise.all(view.releases.map((release) => releaseRow(release, repository)));
  return layout({
    title: `${repository.owner}/${repository.name}`,
    repository,
    body: html`<h1>${repository.owner}/${repository.name}</h1>
<p class="under">${description}</p>
${section("Pull requests", view.pullRequests.map(pullRequestRow(repository)), "No pull requests yet.")}${section("Workflow runs", view.runs.map(runRow(repository)), "No workflow has run yet.")}${section("Deployments", view.deployments.map(deploymentRow), "Nothing has been deployed yet.")}${section("Releases", releases, "No releases yet.")}${section("Branches", view.branches.map(branchRow(view.defaultBranch)), "The repository is empty.")}${readme && html`<section id="readme"><h2>README</h2><div class="box">${readme}</div></section>\n`}`,
  });
}
