import { type Html, html, link } from "./html.ts";
import { layout } from "./layout.ts";
import { count, deploymentIcon, deploymentPill, person, section, shortSha, time } from "./parts.ts";
import type { DeploymentsView, DeploymentView } from "./view.ts";

export function deploymentRow(deployment: DeploymentView): Html {
  const { environment, state, ref, sha, description, creator, at, url } = deployment;
  const words = description === "" ? undefined : html`<span class="muted"> ${description}</span>`;
  const place = url === undefined ? undefined : html`<span class="end">${link(url, "View deployment")}</span>`;
  return html`<li><span class="line">${deploymentIcon(state)} <span><strong>${environment}</strong> ${deploymentPill(state)}${words}<br><span class="muted">${person(creator)} deployed <code class="ref">${ref}</code> at ${shortSha(sha)} ${time(at)}</span></span>${place}</span>${historyOf(deployment)}</li>\n`;
}

function historyOf({ history = [] }: DeploymentView): Html | undefined {
  if (history.length === 0) return undefined;
  const rows = history.map(
    ({ state, at, description }) =>
      html`<li><span class="line">${deploymentIcon(state)} <span>${state.replaceAll("_", " ")} <span class="muted">${description}</span></span><span class="end muted">${time(at)}</span></span></li>\n`,
  );
  return html`<details class="history"><summary>${count(history.length, "status change")}</summary><ul class="list">${rows}</ul></details>`;
}

/** Newest first, grouped by environment in the order in which they appear. */
export async function deploymentsPage({ repository, deployments }: DeploymentsView): Promise<string> {
  const environments = [...new Set(deployments.map((deployment) => deployment.environment))];
  const sections = environments.map((name) => {
    const group = deployments.filter((deployment) => deployment.environment === name);
    return section(name, group.map(deploymentRow), "Nothing was deployed.");
  });
  const blank = html`<p class="blank">Nothing has been deployed from this repository.</p>`;
  return layout({
    title: `Deployments · ${repository.owner}/${repository.name}`,
    repository,
    body: html`<h1>Deployments</h1>\n${sections.length > 0 ? sections : blank}`,
  });
}
