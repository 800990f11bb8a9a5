import type { SqlDialect } from "./dialect.ts";

// \z and not $: in Java $ also matches before a last line break. The same grammar as adapters/csv/column-types.ts.
const INTEGER = String.raw`^[+-]?[0-9]+\z`;
const NUMBER = String.raw`^[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]+)?\z`;
const DATE = String.raw`^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,9})?)?(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?)?\z`;
const SECONDS = "^.{16}:([0-9]{2}(?:[.][0-9]{1,3})?)";
const ZONE = String.raw`([+-])([0-9]{2}):?([0-9]{2})\z`;
const DATE_LENGTH = 10;
/** Of a time with seconds, without a fraction and without a zone: no other form is as long. */
const PLAIN_TIME_LENGTH = 19;

/** SQL that reads a text as a value: what a text states is decided by a grammar, since a cast alone takes "1_000" and " 1". */
export interface TextValues {
  isInteger(text: string): string;
  isDate(text: string): string;
  isBoolean(text: string): string;
  /** NULL where the text states no number; infinite where it states one beyond a double. */
  number(text: string): string;
  /** NULL where the text states no integer, or one beyond the widest type. */
  wideInteger(text: string): string;
  /** Milliseconds since 1970, a time without a zone read as UTC; NULL where the text states no moment. */
  epochMs(text: string): string;
}

export function textValues(dialect: SqlDialect): TextValues {
  const { matches, tryCast } = dialect;
  const when = (condition: string, value: string) => `CASE WHEN ${condition} THEN ${value} END`;
  const day = (text: string) => tryCast(`substr(${text}, 1, ${DATE_LENGTH})`, "date");
  const isDate = (text: string) => `(${matches(text, DATE)} AND ${day(text)} IS NOT NULL)`;
  return {
    isInteger: (text) => matches(text, INTEGER),
    isDate,
    isBoolean: (text) => `lower(${text}) IN ('true', 'false')`,
    number: (text) => when(matches(text, NUMBER), tryCast(text, "number")),
    wideInteger: (text) => when(matches(text, INTEGER), tryCast(text, "wide-integer")),
    epochMs: (text) => when(isDate(text), `${dialect.epochMs(day(text), "date")} + ${timeMs(text, dialect)}`),
  };
}

/** Milliseconds from the day's first moment in UTC. Digits past the third of a second are cut, as JavaScript cuts them. */
function timeMs(text: string, { extract, length, tryCast }: SqlDialect): string {
  const number = (part: string) => `coalesce(${tryCast(part, "number")}, 0)`;
  const part = (start: number) => number(`substr(${text}, ${start}, 2)`);
  const clock = `${part(12)} * 3600000 + ${part(15)} * 60000`;
  const seconds = `round(${number(extract(text, SECONDS, 1))} * 1000)`;
  const sign = `CASE ${extract(text, ZONE, 1)} WHEN '-' THEN 1 ELSE -1 END`;
  const zone = `${number(extract(text, ZONE, 2))} * 3600000 + ${number(extract(text, ZONE, 3))} * 60000`;
  const forms = [
    `WHEN ${length(text)} = ${DATE_LENGTH} THEN 0`,
    `WHEN ${length(text)} = ${PLAIN_TIME_LENGTH} THEN ${clock} + ${part(18)} * 1000`,
    `ELSE ${clock} + ${seconds} + ${sign} * (${zone})`,
  ];
  return `CASE ${forms.join(" ")} END`;
}
