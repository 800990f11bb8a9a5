const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Markup that is safe to nest. A class, so that no object from outside can pass for it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Hole = Html | string | number | undefined | readonly Hole[];

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

function render(hole: Hole): string {
  if (hole === undefined) return "";
  if (hole instanceof Html) return hole.markup;
  return Array.isArray(hole) ? hole.map(render).join("") : escapeHtml(String(hole));
}

/** Every string hole is escaped, lists are joined, only Html nests. Attribute holes must be in double quotes. */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  const markup = parts.map((part, at) => `${part}${render(holes[at])}`).join("");
  return new Html(markup);
}

/** For markup that has been sanitized, and for our own style sheet. */
export const trusted = (markup: string): Html => new Html(markup);

/** The address when a browser may follow it, else nothing: data can hold `javascript:`. */
export function webAddress(url: string | undefined): string | undefined {
  const isSafe = url !== undefined && (/^https?:\/\//i.test(url) || /^\/(?![/\\])/.test(url));
  return isSafe ? url : undefined;
}

/** A link where the address can be followed, the bare content where not. */
export function link(url: string | undefined, content: Hole): Html {
  const address = webAddress(url);
  return address === undefined ? html`${content}` : html`<a href="${address}">${content}</a>`;
}
