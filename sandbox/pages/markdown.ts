import rehypeRaw from "rehype-raw";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkGithub, { type BuildUrlValues } from "remark-github";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { rehypeAlerts } from "./alerts.ts";
import { type Html, html, trusted } from "./html.ts";
import { paths } from "./paths.ts";
import type { RepositoryName } from "./view.ts";

/** Only what has a page here becomes a link; people and commits stay text. */
function addressOf(values: BuildUrlValues): string | false {
  if (values.type !== "issue") return false;
  return paths.pullRequest({ owner: values.user, name: values.project }, Number(values.no));
}

const processorFor = ({ owner, name }: RepositoryName) =>
  unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkGithub, { repository: `${owner}/${name}`, buildUrl: addressOf })
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize)
    .use(rehypeAlerts)
    .use(rehypeStringify);

/** GitHub's Markdown as HTML that holds nothing active: its own sanitizing schema is the default one here. */
export async function renderMarkdown(text: string, context: { readonly repository: RepositoryName }): Promise<string> {
  return String(await processorFor(context.repository).process(text));
}

/** The same as a block for a page; nothing for an empty text. */
export async function markdownBlock(text: string | undefined, repository: RepositoryName): Promise<Html | undefined> {
  if (text === undefined || text.trim() === "") return undefined;
  return html`<div class="markdown">${trusted(await renderMarkdown(text, { repository }))}</div>`;
}
