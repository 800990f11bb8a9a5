import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../../..");

export const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** Every page we write by hand for people. */
export const pages: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .sort(),
];

/** The text between `<!-- name -->` and `<!-- /name -->`. */
export function between(text: string, name: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start === -1 || end < start) throw new Error(`There is no ${open} … ${close}.`);
  return text.slice(start + open.length, end).trim();
}

/** Cells of a Markdown table's rows, without its head. */
export function rows(table: string): readonly (readonly string[])[] {
  const lines = table.split("\n").filter((line) => line.trim().startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .trim()
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
}

export interface Block {
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page. */
export function blocks(text: string): readonly Block[] {
  return [...text.matchAll(/^(?<indent> *)```(?<language>\w*)\n(?<body>[\s\S]*?)^ *```$/gm)].map(({ groups }) => ({
    language: groups?.["language"] ?? "",
    text: groups?.["body"] ?? "",
  }));
}
