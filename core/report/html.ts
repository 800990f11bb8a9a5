/** Markup that may be put into markup as it is. Made by `html` only. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Hole = string | number | Html | readonly Html[];

/** Markup with holes: text in a hole is always escaped, only Html nests. */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  return new Html(parts.map((part, at) => part + markupOf(holes[at] ?? "")).join(""));
}

function markupOf(hole: Hole): string {
  if (hole instanceof Html) return hole.markup;
  if (typeof hole === "object") return hole.map(({ markup }) => markup).join("");
  return String(hole).replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);
}
