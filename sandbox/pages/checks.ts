import { type Html, html, link } from "./html.ts";
import { markdownBlock } from "./markdown.ts";
import { count, isFailed, outcomeIcon, outcomeWord } from "./parts.ts";
import type { CheckView, RepositoryName } from "./view.ts";

function headline(checks: readonly CheckView[]): string {
  const failed = checks.filter(isFailed).length;
  if (failed > 0) return `${count(failed, "check")} of ${checks.length} failed`;
  const isBusy = checks.some((check) => check.status !== "completed");
  return isBusy ? "Some checks are not finished" : "All checks have passed";
}

async function checkRow(check: CheckView, repository: RepositoryName): Promise<Html> {
  const summary = await markdownBlock(check.summary, repository);
  const required = check.isRequired === true ? html` <span class="badge">Required</span>` : undefined;
  const title = html`<strong>${check.name}</strong> <span class="muted">${check.app}: ${check.title ?? outcomeWord(check)}</span>${required}`;
  const details =
    check.detailsUrl === undefined ? undefined : html`<span class="end">${link(check.detailsUrl, "Details")}</span>`;
  const line = html`<span class="line">${outcomeIcon(check)} <span>${title}</span>${details}</span>`;
  return summary
    ? html`<li><details open><summary>${line}</summary>${summary}</details></li>\n`
    : html`<li>${line}</li>\n`;
}

export async function checksSection(checks: readonly CheckView[], repository: RepositoryName): Promise<Html> {
  const rows = await Promise.all(checks.map((check) => checkRow(check, repository)));
  const list = rows.length > 0 ? html`<ul class="box list">${rows}</ul>` : undefined;
  const says = rows.length > 0 ? headline(checks) : "No checks have reported on this commit.";
  return html`<section id="checks"><h2>Checks <span class="counter">${checks.length}</span></h2><p class="says">${says}</p>${list}</section>\n`;
}
