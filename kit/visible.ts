/**
 * Characters that change how the text around them is shown instead of showing themselves: controls (tab excepted), line separators,
 * marks and overrides of writing direction, invisible tag characters, lone surrogates.
 */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** One line in which every foreign character can be seen: a line break as %0A, other controls as \u{1b}. */
export function visibleLine(text: string): string {
  return text
    .replace(/\r\n|\r|\n/g, "%0A")
    .replace(INVISIBLE, (char) => (char === "\t" ? char : `\\u{${char.codePointAt(0)?.toString(16)}}`));
}

/**
 * A line that GitHub's runner prints and never obeys. The runner takes `::name::` after leading white space, and the older `##[name]`
 * anywhere in a line, as a command.
 */
export function inertLine(text: string): string {
  return visibleLine(text)
    .replace(/^(\s*):(?=:)/u, "$1%3A")
    .replaceAll("##[", "##%5B");
}

/** JSON whose text, shown on a terminal, cannot move the cursor or turn the writing direction. It parses to the same value. */
export function visibleJson(value: unknown, indent = 2): string {
  const json = JSON.stringify(value, undefined, indent) ?? "null";
  return json.replace(INVISIBLE, (char) => (char === "\n" ? char : jsonEscape(char)));
}

function jsonEscape(char: string): string {
  return Array.from({ length: char.length }, (_, index) => {
    const unit = char.charCodeAt(index).toString(16).padStart(4, "0");
    return `\\u${unit}`;
  }).join("");
}
