import { html } from "./html.ts";
import { layout } from "./layout.ts";
import { count, section, time } from "./parts.ts";
import { paths } from "./paths.ts";
import type { HomeView } from "./view.ts";

export async function homePage({ repositories }: HomeView): Promise<string> {
  const rows = repositories.map(
    ({ repository, description, openPullRequests, at }) =>
      html`<li><span class="line"><span><a href="${paths.repository(repository)}"><strong>${repository.owner}/${repository.name}</strong></a><br><span class="muted">${description}</span></span><span class="end muted">${count(openPullRequests, "open pull request")} · ${time(at)}</span></span></li>\n`,
  );
  return layout({
    title: "Repositories · GitHub sandbox",
    body: html`<h1>GitHub sandbox</h1>
<p class="under">A GitHub for one machine: real git, real webhooks, nothing leaves it.</p>
${section("Repositories", rows, "No repositories yet.")}`,
  });
}
