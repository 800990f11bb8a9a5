// Every name and value in a report may come from a stranger's data, model or pull request. These functions make text
// inert for GitHub's Markdown: no formatting, no link, no mention, no reference, no hidden turn of direction.

const ZERO_WIDTH = "\u200b";

// Controls, line separators, and all that Unicode calls default-ignorable: bidirectional overrides, joiners, fillers,
// variation selectors and tags. They change how the text around them looks, or show nothing at all.
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

// A heading, a list item or a rule, were it at the start of a line.
const BLOCK_START = /^(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|\d{1,9}[.)](?:\s|$)|[-=]{2,}\s*$|=\s*$)/;

const LONGEST = 200;

/** Text on one line with every invisible character shown as its code point, cut to a length people read. */
export function visible(text: string, longest: number = LONGEST): string {
  const shown = text
    .replace(/\s+/g, " ")
    .replace(INVISIBLE, (char) => `U+${char.codePointAt(0)?.toString(16).toUpperCase()}`);
  const characters = [...shown];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : shown;
}

/** Text inside a paragraph or a table cell. */
export function plain(text: string): string {
  return visible(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_[\]|~$]/g, (char) => `\\${char}`)
    .replace(BLOCK_START, ZERO_WIDTH)
    .replace(/@/g, `@${ZERO_WIDTH}`)
    .replace(/#(?=\d)/g, `#${ZERO_WIDTH}`)
    .replace(/GH(?=-\d)/gi, (mark) => `${mark}${ZERO_WIDTH}`)
    .replace(/:(?=\/\/)/g, `:${ZERO_WIDTH}`)
    .replace(/www\./gi, (mark) => `${mark.slice(0, 3)}${ZERO_WIDTH}.`);
}

/** A code span, safe in a paragraph and in a table cell. GitHub links nothing inside a code span. */
export function code(text: string): string {
  // A pipe ends a table cell even inside a code span, and an escaped one shows its backslash elsewhere; U+2502 does neither.
  const shown = visible(text).replace(/\|/g, "│");
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = shown === "" || /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Text between the tags of inline HTML such as a details' summary. */
export function inHtml(text: string): string {
  const escaped = visible(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
  return `<code>${escaped}</code>`;
}

/** A link whose address we made ourselves: only http(s), nothing that could close the link. */
export function link(label: string, url: string): string {
  return /^https?:\/\/[^\s()<>]+$/.test(url) ? `[${label}](${url})` : label;
}

/** A table; cells are Markdown already. */
export function table(head: readonly string[], align: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, align, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A folded section whose title already says the result. */
export function details(title: string, body: string, state: "open" | "folded" = "folded"): string {
  return `<details${state === "open" ? " open" : ""}><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
