import { html } from "./html.ts";
import { layout } from "./layout.ts";
import { paths } from "./paths.ts";

export const notFoundPage = (path: string): string =>
  layout({
    title: "Page not found · GitHub sandbox",
    body: html`<h1>Page not found</h1>
<p class="under"><span>The sandbox has nothing at <code>${path}</code>.</span></p>
<p><a href="${paths.home}">All repositories</a></p>\n`,
  });
