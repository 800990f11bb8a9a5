import { type CodePoints, inBothCases, isAscii, others, range } from "./code-points.ts";
import type { PatternReader } from "./pattern-reader.ts";

const DIGIT = [range("0", "9")];
const LOWER = [range("a", "z")];
const UPPER = [range("A", "Z")];
const ALPHA = [...LOWER, ...UPPER];
const WORD = [...ALPHA, ...DIGIT, range("_")];
const SPACE = [range("\t", "\n"), range("\f", "\r"), range(" ")];

/** RE2's own, in ASCII whatever the flags. */
const PERL: Readonly<Record<string, CodePoints>> = { d: DIGIT, w: WORD, s: SPACE };

const NAMED: Readonly<Record<string, CodePoints>> = {
  alnum: [...ALPHA, ...DIGIT],
  alpha: ALPHA,
  ascii: [range(0, 127)],
  blank: [range("\t"), range(" ")],
  cntrl: [range(0, 31), range(127)],
  digit: DIGIT,
  graph: [range("!", "~")],
  lower: LOWER,
  print: [range(" ", "~")],
  punct: [range("!", "/"), range(":", "@"), range("[", "`"), range("{", "~")],
  space: [range("\t", "\r"), range(" ")],
  upper: UPPER,
  word: WORD,
  xdigit: [...DIGIT, range("A", "F"), range("a", "f")],
};

const CONTROL: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

export type CaseRule = "case matters" | "case ignored";

export function folded(points: CodePoints, rule: CaseRule, reader: PatternReader): CodePoints {
  if (rule === "case matters") return points;
  if (!isAscii(points)) throw reader.refused("it ignores the case of letters outside ASCII");
  return inBothCases(points);
}

/** What stands in [ ], after the first bracket. */
export function readClass(reader: PatternReader, rule: CaseRule): CodePoints {
  const negated = reader.skips("^");
  const points: CodePoints[] = [];
  do {
    points.push(readItem(reader, rule));
  } while (!reader.skips("]"));
  return negated ? others(points.flat()) : points.flat();
}

function readItem(reader: PatternReader, rule: CaseRule): CodePoints {
  const named = reader.takes(/^\[:(\^?)(.*?):\]/s);
  if (named !== null) {
    const points = NAMED[named[2] ?? ""];
    if (points === undefined) throw reader.refused(`there is no class ${named[0]}`);
    const both = folded(points, rule, reader);
    return named[1] === "^" ? others(both) : both;
  }
  const perl = readPerlClass(reader, rule);
  if (perl !== undefined) return perl;
  const first = readCharacter(reader);
  const isRange = reader.match(/^-[^\]]/) !== null && reader.skips("-");
  const last = isRange ? readCharacter(reader) : first;
  if (last < first) throw reader.refused("a range ends before it begins");
  return folded([range(first, last)], rule, reader);
}

/** \d, \w, \s and their opposites. */
export function readPerlClass(reader: PatternReader, rule: CaseRule): CodePoints | undefined {
  const letter = reader.takes(/^\\([dws])/i)?.[1];
  if (letter === undefined) return undefined;
  const points = folded(PERL[letter.toLowerCase()] ?? [], rule, reader);
  return letter === letter.toLowerCase() ? points : others(points);
}

/** A character as itself or escaped. */
export function readCharacter(reader: PatternReader): number {
  const hexadecimal = reader.takes(/^\\x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/);
  if (hexadecimal !== null) return withinUnicode(Number.parseInt(hexadecimal[1] ?? hexadecimal[2] ?? "", 16), reader);
  if (!reader.skips("\\")) return reader.next().codePointAt(0) ?? 0;
  const character = reader.next();
  const control = CONTROL[character];
  if (control !== undefined) return control;
  if (/^[!-/:-@[-`{-~ ]$/.test(character)) return character.codePointAt(0) ?? 0;
  throw reader.refused(`"\\${character}" is not known to mean the same there`);
}

function withinUnicode(point: number, reader: PatternReader): number {
  if (point > 0x10ffff) throw reader.refused("there is no such character");
  return point;
}
