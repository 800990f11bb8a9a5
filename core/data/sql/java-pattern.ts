import { type CodePoints, javaClass, others, range } from "./code-points.ts";
import { PatternReader } from "./pattern-reader.ts";
import { type CaseRule, folded, readCharacter, readClass, readPerlClass } from "./read-class.ts";

const MOST_REPEATS = 1_000;
const REPEAT = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})/;
const WORD_CHARACTER = "[0-9A-Z_a-z]";
const BOUNDARY = `(?:(?<!${WORD_CHARACTER})(?=${WORD_CHARACTER})|(?<=${WORD_CHARACTER})(?!${WORD_CHARACTER}))`;

/** A part of the pattern in Java's words. */
interface Part {
  readonly java: string;
  /** How often it repeats what is in it. */
  readonly repeats: number;
  readonly hasAnchor: boolean;
  /** Whether it can match no character at all. */
  readonly isEmpty: boolean;
}

interface Flags {
  readonly case: CaseRule;
  readonly anchors: "text" | "line";
  readonly dot: CodePoints;
}

const NOT_LINE_FEED = others([range("\n")]);
const USUAL: Flags = { case: "case matters", anchors: "text", dot: NOT_LINE_FEED };

/**
 * An RE2 pattern as one that java.util.regex finds in exactly the same texts. The two differ in what `$`, `.`, `\s`,
 * `\b`, `\v` and `(?i)` mean and in their Unicode tables, so every class is written out; what cannot be is refused.
 * RE2's syntax: github.com/google/re2/wiki/Syntax.
 * @throws UserError CHECK_REFUSED
 */
export function javaPattern(pattern: string): string {
  const reader = new PatternReader(pattern);
  const { java } = readAlternatives(reader, USUAL);
  if (!reader.ended) throw reader.refused("a bracket is closed and not opened");
  if (hasAnchorInside(java)) throw reader.refused("a ^ stands behind something, or a $ before something");
  return java;
}

/** Where DuckDB 1.5 reads a constant pattern otherwise than RE2 does: it finds "^^" and "$K$" as if one anchor were not there. */
function hasAnchorInside(java: string): boolean {
  const words = java.match(/\\.|[^()?:]/gsu) ?? [];
  const isEdge = (word: string | undefined) => word === undefined || word === "|";
  return words.some(
    (word, at) => (word === "^" && !isEdge(words[at - 1])) || (word === String.raw`\z` && !isEdge(words[at + 1])),
  );
}

/** Up to the end of the group or of the pattern; flags hold from where they stand. */
function readAlternatives(reader: PatternReader, given: Flags): Part {
  let flags = given;
  const alternatives: Part[][] = [[]];
  while (!reader.ended && !reader.sees(")")) {
    const changed = reader.takes(/^\(\?([imsU]*)(?:-([imsU]+))?\)/);
    if (changed !== null) flags = changedFlags(flags, changed);
    else if (reader.skips("|")) alternatives.push([]);
    else alternatives.at(-1)?.push(readRepeated(reader, flags));
  }
  const parts = alternatives.flat();
  return {
    java: alternatives.map((each) => each.map(({ java }) => java).join("")).join("|"),
    repeats: Math.max(1, ...parts.map(({ repeats }) => repeats)),
    hasAnchor: parts.some(({ hasAnchor }) => hasAnchor),
    isEmpty: alternatives.some((each) => each.every((part) => part.isEmpty)),
  };
}

/** U, which makes repeats short, changes nothing about whether there is a match. */
function changedFlags(flags: Flags, [, on = "", off = ""]: RegExpExecArray): Flags {
  const state = (letter: string): "on" | "off" | "kept" => {
    if (off.includes(letter)) return "off";
    return on.includes(letter) ? "on" : "kept";
  };
  return {
    case: { on: "case ignored", off: "case matters", kept: flags.case }[state("i")] as CaseRule,
    anchors: { on: "line", off: "text", kept: flags.anchors }[state("m")] as Flags["anchors"],
    dot: { on: others([]), off: NOT_LINE_FEED, kept: flags.dot }[state("s")],
  };
}

function readRepeated(reader: PatternReader, flags: Flags): Part {
  if (reader.match(REPEAT) !== null) throw reader.refused("a repeat follows nothing");
  const part = readPart(reader, flags);
  const repeat = reader.takes(REPEAT);
  if (repeat === null) return part;
  reader.skips("?");
  if (reader.match(REPEAT) !== null) throw reader.refused("a repeat is repeated");
  const { text, least, most } = bounds(repeat);
  if (most !== "" && Number(most) < Number(least)) throw reader.refused("a repeat ends before it begins");
  const repeats = part.repeats * Math.max(Number(least), Number(most), 1);
  if (repeats > MOST_REPEATS) throw reader.refused(`it repeats more than ${MOST_REPEATS} times`);
  // After a round without a character Java leaves a loop, even if the next round could match one.
  if (text !== "?" && part.hasAnchor && part.isEmpty && part.java.startsWith("(?:"))
    throw reader.refused("it repeats a group that has ^, $ or \\b and can be empty");
  return { ...part, java: part.java + text, repeats, isEmpty: part.isEmpty || Number(least) === 0 };
}

function bounds([text, least, most = least]: RegExpExecArray) {
  return { text, least: least ?? (text === "+" ? "1" : "0"), most: most ?? "" };
}

/** Something a repeat can follow. */
function readPart(reader: PatternReader, flags: Flags): Part {
  if (reader.skips("(")) return readGroup(reader, flags);
  const between = anchor(reader, flags);
  if (between !== undefined) return { java: between, repeats: 1, hasAnchor: true, isEmpty: true };
  return { java: javaClass(readSet(reader, flags)), repeats: 1, hasAnchor: false, isEmpty: false };
}

function readGroup(reader: PatternReader, flags: Flags): Part {
  const inside = reader.takes(/^\?([imsU]*)(?:-([imsU]+))?:/);
  if (inside === null) reader.takesName(/^\?P<([A-Za-z_][A-Za-z0-9_]*)>/);
  if (reader.sees("?")) throw reader.refused("it has a group of a kind that RE2 does not run");
  const part = readAlternatives(reader, inside === null ? flags : changedFlags(flags, inside));
  if (!reader.skips(")")) throw reader.refused("a bracket is opened and not closed");
  // The other place: after one, DuckDB 1.5 finds a plain text only at the beginning.
  if (part.java === "") throw reader.refused("it has empty brackets");
  return { ...part, java: `(?:${part.java})` };
}

/** What stands between characters. */
function anchor(reader: PatternReader, { anchors }: Flags): string | undefined {
  const isLine = anchors === "line";
  if (reader.skips("^")) return isLine ? String.raw`(?:^|(?<=\n))` : "^";
  if (reader.skips("$")) return isLine ? String.raw`(?=\n|\z)` : String.raw`\z`;
  if (reader.skips(String.raw`\A`)) return "^";
  if (reader.skips(String.raw`\z`)) return String.raw`\z`;
  // RE2 finds \B inside a character of several bytes too; readCharacter refuses it.
  return reader.skips(String.raw`\b`) ? BOUNDARY : undefined;
}

function readSet(reader: PatternReader, flags: Flags): CodePoints {
  if (reader.skips(".")) return flags.dot;
  if (reader.skips("[")) return readClass(reader, flags.case);
  return readPerlClass(reader, flags.case) ?? folded([range(readCharacter(reader))], flags.case, reader);
}
