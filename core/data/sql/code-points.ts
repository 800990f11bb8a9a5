/** First and last code point, both included. */
export type Range = readonly [first: number, last: number];
/** In any order, overlaps allowed. */
export type CodePoints = readonly Range[];

const LAST = 0x10ffff;
const CASE_STEP = 32;

/** The letters outside ASCII that equal one of ASCII when case is ignored: long s and the Kelvin sign. */
const FOLDED: readonly (readonly [letter: number, other: number])[] = [
  [0x73, 0x17f],
  [0x6b, 0x212a],
];

export function range(first: string | number, last: string | number = first): Range {
  return [codePoint(first), codePoint(last)];
}

const codePoint = (of: string | number): number => (typeof of === "number" ? of : (of.codePointAt(0) ?? 0));

export function isAscii(points: CodePoints): boolean {
  return points.every(([, last]) => last < 128);
}

/** Every code point that is not among them. */
export function others(points: CodePoints): CodePoints {
  const gaps: Range[] = [];
  let next = 0;
  for (const [first, last] of merged(points)) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  return next > LAST ? gaps : [...gaps, [next, LAST]];
}

/** With the other case of every letter. @param points of ASCII */
export function inBothCases(points: CodePoints): CodePoints {
  const lower = points.flatMap((each) => [
    ...shared(each, range("a", "z")),
    ...shared(each, range("A", "Z")).map(([first, last]): Range => [first + CASE_STEP, last + CASE_STEP]),
  ]);
  const upper = lower.map(([first, last]): Range => [first - CASE_STEP, last - CASE_STEP]);
  const far = FOLDED.filter(([letter]) => lower.some(([first, last]) => letter >= first && letter <= last));
  return [...points, ...lower, ...upper, ...far.map(([, other]): Range => [other, other])];
}

function shared([first, last]: Range, [from, to]: Range): Range[] {
  const both: Range = [Math.max(first, from), Math.min(last, to)];
  return both[0] <= both[1] ? [both] : [];
}

function merged(points: CodePoints): Range[] {
  const result: [number, number][] = [];
  for (const [first, last] of points.toSorted(([a], [b]) => a - b)) {
    const open = result.at(-1);
    if (open !== undefined && first <= open[1] + 1) open[1] = Math.max(open[1], last);
    else result.push([first, last]);
  }
  return result;
}

/** One character of that set, as Java's patterns write it. */
export function javaClass(points: CodePoints): string {
  const ranges = merged(points);
  const [only] = ranges;
  if (only === undefined) return "(?!)";
  if (ranges.length === 1 && only[0] === only[1]) return javaCharacter(only[0]);
  const written = ranges.map(([first, last]) =>
    first === last ? javaCharacter(first) : `${javaCharacter(first)}-${javaCharacter(last)}`,
  );
  return `[${written.join("")}]`;
}

/** A letter or digit as itself; what could mean something is escaped. */
function javaCharacter(point: number): string {
  const text = String.fromCodePoint(point);
  if (/^[A-Za-z0-9_ ]$/.test(text)) return text;
  return point > 32 && point < 127 ? `\\${text}` : `\\x{${point.toString(16)}}`;
}
