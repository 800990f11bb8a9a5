import { renderMarkdown } from "#sandbox/pages/markdown";

/** A text as GitHub would show it: mentions and references become links where they are live. */
export function rendered(markdown: string): Promise<string> {
  return renderMarkdown(markdown, { repository: { owner: "ada", name: "models" } });
}

/** Lines a reader sees before unfolding anything: text blocks and table rows; a folded section is its title. */
export async function visibleLines(markdown: string): Promise<number> {
  const page = await rendered(markdown);
  const unfolded = page.replace(/<details>[\s\S]*?<\/details>/g, "<p>folded</p>");
  const blocks = unfolded.match(/<(p|h[1-6]|li|tr|hr)\b/g) ?? [];
  const breaks = unfolded.match(/<br/g) ?? [];
  return blocks.length + breaks.length;
}

const OURS = /^(#|https:\/\/github\.example\/ada\/models\/actions\/runs\/41$|https:\/\/serve\.example\/)/;

/**
 * Everything in a page that acts or leads away: elements GitHub would run or fetch, links that are not ours, and
 * names it would notify. The sandbox leaves mentions as text, so they are looked for outside code.
 */
export function liveParts(page: string): readonly string[] {
  const text = page.replace(/<(code|pre)\b[\s\S]*?<\/\1>/g, " ").replace(/<[^>]*>/g, "");
  return [...liveTags(page), ...(text.match(/(?<![\w/])@[a-z0-9][\w-]*/gi) ?? [])];
}

/** Elements a browser would run, fetch or follow away from us. */
export function liveTags(page: string): readonly string[] {
  return (page.match(/<[a-z][^>]*>/gi) ?? []).filter(isLive);
}

function isLive(tag: string): boolean {
  if (/^<(img|script|iframe|svg|style|form|object|embed|video|audio|base|meta)\b/i.test(tag)) return true;
  if (/\son\w+\s*=/i.test(tag.replace(/"[^"]*"/g, '""'))) return true;
  const address = /^<a\b[^>]*href="([^"]*)"/i.exec(tag)?.[1];
  return address !== undefined && !OURS.test(address);
}

/** How many cells each row of each table has. */
export function tableShapes(page: string): readonly (readonly number[])[] {
  const tables = page.match(/<table>[\s\S]*?<\/table>/g) ?? [];
  return tables.map((table) =>
    (table.match(/<tr>[\s\S]*?<\/tr>/g) ?? []).map((row) => (row.match(/<t[hd]\b/g) ?? []).length),
  );
}
