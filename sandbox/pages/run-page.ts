import { type Html, html } from "./html.ts";
import { layout } from "./layout.ts";
import { logBlock } from "./log.ts";
import { markdownBlock } from "./markdown.ts";
import { fileSize, isFailed, outcomeIcon, outcomeWord, person, section, shortSha, time } from "./parts.ts";
import type { JobView, RepositoryName, RunView, StepView } from "./view.ts";

function stepRow(step: StepView): Html {
  const duration = step.seconds === undefined ? undefined : html`<span class="end muted">${step.seconds} s</span>`;
  const line = html`<span class="line">${outcomeIcon(step)} <span>${step.name}</span>${duration}</span>`;
  const log = logBlock(step.log);
  if (!log) return html`<li>${line}</li>\n`;
  // A person comes here to see what failed, so that is open.
  const opened = isFailed(step) ? html`<details open>` : html`<details>`;
  return html`<li>${opened}<summary>${line}</summary>${log}</details></li>\n`;
}

async function summaryBlock({ name, summary }: JobView, repository: RepositoryName): Promise<Html | undefined> {
  const text = await markdownBlock(summary, repository);
  return text && html`<section><h2>${name} summary</h2><div class="box">${text}</div></section>\n`;
}

const jobBlock = (job: JobView): Html =>
  html`<section id="job-${job.id}"><h2>${outcomeIcon(job)} ${job.name}</h2><ul class="box list">${job.steps.map(stepRow)}</ul></section>\n`;

/** A workflow run: what its jobs summed up, their steps and logs, and the artifacts. */
export async function runPage(view: RunView): Promise<string> {
  const { repository, workflow, number, event, branch, sha, actor, at, jobs } = view;
  const summaries = await Promise.all(jobs.map((job) => summaryBlock(job, repository)));
  const artifacts = view.artifacts.map(
    ({ name, sizeBytes }) =>
      html`<li><span class="line"><strong>${name}</strong><span class="end muted">${fileSize(sizeBytes)}</span></span></li>\n`,
  );
  return layout({
    title: `${workflow} #${number} · ${repository.owner}/${repository.name}`,
    repository,
    body: html`<h1>${outcomeIcon(view)} ${workflow} <span class="muted">#${number}</span></h1>
<p class="under"><span>${outcomeWord(view)}: ${event} of <code class="ref">${branch}</code> at ${shortSha(sha)} by ${person(actor)} ${time(at)}</span></p>
${summaries}${jobs.map(jobBlock)}${section("Artifacts", artifacts, "The run left no artifacts.")}`,
  });
}
