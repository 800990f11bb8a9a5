import type { DescribedAction } from "./define-action.ts";
import { type InputField, inputFields, outputFields } from "./field.ts";
import type { Suite } from "./suite.ts";

const WIDTH = 100;
const COLUMN = 30;

type Row = readonly [left: string, right: string];

const COMMON: readonly Row[] = [
  ["--json", "Print one JSON document on stdout, and nothing else there."],
  ["--help", "Print this text."],
];

const EXIT_CODES =
  "Exit code: 0 done or passed, 1 the verdict is fail or inconclusive, 2 something to mend on your side, 3 a bug in Tidemark.";

/** `tidemark <action> --help`. */
export function actionHelp(definition: DescribedAction): string {
  const inputs = inputFields(definition);
  return blocks([
    `${definition.title}\n\n${wrap(definition.description, WIDTH).join("\n")}`,
    `Usage: ${commandUsage(definition)} [flags]`,
    section("Flags", [...inputs.map(inputRow), ...COMMON]),
    section(
      "Outputs",
      outputFields(definition).map(({ name, description }) => [name, description]),
    ),
    wrap(EXIT_CODES, WIDTH).join("\n"),
  ]);
}

/** How the action is called, with what it must be given. */
export function commandUsage(definition: DescribedAction): string {
  const inputs = inputFields(definition);
  const positional = definition.positional ?? [];
  const places = positional.flatMap((name) => inputs.filter((field) => field.name === name));
  const flags = inputs.filter(({ name, required, environment }) => {
    return required && environment === undefined && !positional.includes(name);
  });
  return [
    "tidemark",
    positional.length === 0 ? definition.name : spokenName(definition.name),
    ...places.map(({ name, required }) => (required ? `<${name}>` : `[${name}]`)),
    ...flags.map(({ name }) => `--${name} <value>`),
  ].join(" ");
}

/** An action's name as words: "contract infer" calls contract-infer. */
export const spokenName = (name: string): string => name.replaceAll("-", " ");

/** `tidemark <word> --help` of a word that several actions begin with. */
export function groupHelp(word: string, suite: Suite): string {
  return blocks([`Usage: tidemark ${word} <word> [flags]`, actionRows(suite)]);
}

/** `tidemark --help`. */
export function suiteHelp(suite: Suite): string {
  return blocks([
    "Tidemark: GitOps for machine-learning models",
    "Usage: tidemark <action> [flags]\n       tidemark <action> --help\n       tidemark --version",
    actionRows(suite),
    "A name may also be written as words: tidemark contract infer.",
    wrap(EXIT_CODES, WIDTH).join("\n"),
  ]);
}

function actionRows(suite: Suite): string {
  const rows = Object.entries(suite).map(([name, { title }]): Row => [name, title]);
  return section("Actions", rows);
}

function inputRow(field: InputField): Row {
  const flag = field.kind === "flag" ? `--[no-]${field.name}` : `--${field.name} <${placeholder(field)}>`;
  return [flag, [field.description, ...remarks(field)].join(" ")];
}

function placeholder({ kind }: InputField): string {
  if (kind === "list") return "a,b,…";
  return kind === "whole number" || kind === "number" ? "number" : kind;
}

function remarks({ values, default: value, required, environment }: InputField): readonly string[] {
  return [
    ...(values.length > 0 ? [`One of ${values.join(", ")}.`] : []),
    ...(value === undefined || value === "" ? [] : [`Default: ${value}.`]),
    ...(environment === undefined ? [] : [`Falls back to $${environment}.`]),
    ...(required && environment === undefined ? ["Required."] : []),
  ];
}

function section(title: string, rows: readonly Row[]): string {
  return rows.length === 0 ? "" : [`${title}:`, ...rows.flatMap(rowLines)].join("\n");
}

function rowLines([left, right]: Row): readonly string[] {
  const [first = "", ...rest] = wrap(right, WIDTH - COLUMN - 2);
  const indent = " ".repeat(COLUMN + 2);
  const fits = left.length <= COLUMN - 2;
  const head = fits ? [`  ${left.padEnd(COLUMN)}${first}`] : [`  ${left}`, `${indent}${first}`];
  return [...head, ...rest.map((line) => `${indent}${line}`)];
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const blocks = (texts: readonly string[]): string => `${texts.filter((text) => text !== "").join("\n\n")}\n`;
