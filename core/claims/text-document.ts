import { claimedNumber } from "./claimed-number.ts";
import { tableDocument } from "./table-document.ts";

const NUMBER = String.raw`[-+]?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30})(?:[eE][-+]?\d{1,3})?\s{0,2}%?(?:\s*(?:±|\+/-)\s*[\d.eE-]+)?`;
// A key starts with a letter and holds no sign that parts it from its number.
const PAIR = new RegExp(
  String.raw`([\p{L}][^=:,;|\t\n]{0,80}?)\s{0,2}[=:]\s{0,2}(${NUMBER}|[-+]?(?:nan|inf))(?=\s*(?:[,;\t]|$|\s{2,}|\s\p{L}))`,
  "giu",
);
const HEADING = /^(?:#{1,6}\s+(.+?)\s*#*|([^=:|]+):|\[([^\]]+)\]|[-=*]{2,}\s*([^-=*|]+?)\s*[-=*]{2,})$/;
const REPORT_HEAD = /^precision\s+recall\s+f1-score\s+support$/;
const TABLE_RULE = /^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$/;

/** Bytes of text are bounded by the caller; so are the lines. */
const MAX_LINES = 10_000;
const LONGEST_LINE = 500;

/** What `Key = value` lists, Markdown tables and printed classification reports say, by the headings they stand under. */
export function textDocument(text: string): unknown {
  const sections: { name: string; readonly lines: string[] }[] = [{ name: "", lines: [] }];
  for (const line of linesOf(text)) {
    const heading = headingOf(line);
    if (heading === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ name: heading, lines: [] });
  }
  const documents = sections.map(({ name, lines }) => [name, linesDocument(lines)] as const);
  const filled = documents.filter(([, values]) => Object.keys(values).length > 0);
  const named = Map.groupBy(filled, ([name]) => name);
  return Object.fromEntries([...named].map(([name, same]) => [name, merged(same.map(([, values]) => values))]));
}

const merged = (all: readonly object[]): object => Object.fromEntries(all.flatMap((each) => Object.entries(each)));

function linesOf(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/, MAX_LINES);
  return lines.filter((line) => line.length <= LONGEST_LINE).map((line) => line.replace(/^\s*[-*•]\s+/, "").trim());
}

function headingOf(line: string): string | undefined {
  const found = HEADING.exec(line.replaceAll("**", ""));
  return found?.slice(1).find((each) => each !== undefined);
}

function linesDocument(lines: readonly string[]): object {
  const table = lines.filter((line) => line.includes("|"));
  const pairs = lines.filter((line) => !line.includes("|")).flatMap(pairsOf);
  return merged([Object.fromEntries(pairs), tableOf(table), reportOf(lines)]);
}

/** Accuracy = 0.95, F1 Score = 0.86 */
function pairsOf(line: string): readonly (readonly [string, string])[] {
  return [
    ...line
      .replace(/[*`]/g, "")
      .replace(/\s{2,}/g, "  ")
      .matchAll(PAIR),
  ].map(([, key = "", value = ""]) => [key.trim(), value]);
}

function tableOf(lines: readonly string[]): object {
  const rows = lines.filter((line) => !TABLE_RULE.test(line)).map(cellsOf);
  if (rows.length < 2) return {};
  return { "": tableDocument(rows) };
}

function cellsOf(line: string): readonly string[] {
  const cells = line.replace(/^\|/, "").replace(/\|$/, "").split("|");
  return cells.map((cell) => cell.replace(/[*`]/g, "").trim());
}

/** scikit-learn's classification_report as it is printed. */
function reportOf(lines: readonly string[]): object {
  const head = lines.findIndex((line) => REPORT_HEAD.test(line));
  if (head < 0) return {};
  const rows = lines.slice(head + 1).map((line) => line.split(/\s{2,}/));
  return Object.fromEntries(rows.flatMap(([name = "", ...cells]) => reportRow(name, cells)));
}

function reportRow(name: string, cells: readonly string[]): readonly (readonly [string, unknown])[] {
  if (cells.some((cell) => claimedNumber(cell) === undefined)) return [];
  if (cells.length === 2) return [[name, cells[0]]];
  const [precision, recall, f1, support] = cells;
  return cells.length === 4 ? [[name, { precision, recall, "f1-score": f1, support }]] : [];
}
