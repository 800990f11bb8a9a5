import { type Html, html, trusted } from "./html.ts";
import { paths } from "./paths.ts";
import { STYLE } from "./style.ts";
import type { RepositoryName } from "./view.ts";

/** No script ever runs here and nothing is fetched, whatever a body smuggles in. Sent as a header too. */
export const CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

function breadcrumbs(repository: RepositoryName | undefined): Html {
  if (!repository) return html`<nav aria-label="Breadcrumbs"><a href="${paths.home}">Repositories</a></nav>`;
  const { owner, name } = repository;
  return html`<nav aria-label="Breadcrumbs"><a href="${paths.home}">${owner}</a> / <a href="${paths.repository(repository)}"><strong>${name}</strong></a> · <a href="${paths.deployments(repository)}">Deployments</a></nav>`;
}

export interface Page {
  readonly title: string;
  readonly repository?: RepositoryName;
  readonly body: Html;
}

/** A whole document. */
export function layout({ title, repository, body }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}; base-uri 'none'; form-action 'none'">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header class="top">${breadcrumbs(repository)}<span class="sandbox">GitHub sandbox</span></header>
<main>
${body}</main>
</body>
</html>
`.markup;
}
