import type { DescribedAction } from "./define-action.ts";
import { type InputField, inputFields, outputFields } from "./field.ts";

type Row = readonly string[];

export function inputsTable(definition: DescribedAction): string {
  const rows = inputFields(definition).map((field) => [code(field.name), inputText(field), defaultText(field)]);
  return rows.length === 0 ? "None." : table(["Input", "Description", "Default"], rows);
}

export function outputsTable(definition: DescribedAction): string {
  const rows = outputFields(definition).map(({ name, description }) => [code(name), cell(description)]);
  return rows.length === 0 ? "None." : table(["Output", "Description"], rows);
}

/** The list of all actions for the README of the repository. */
export function actionsTable(definitions: readonly DescribedAction[]): string {
  const rows = definitions.map(({ name, description }) => [`[${code(name)}](actions/${name})`, cell(description)]);
  return rows.length === 0 ? "None yet." : table(["Action", "What it does"], rows);
}

function inputText({ description, kind, values }: InputField): string {
  if (values.length > 0) return `${cell(description)} One of ${values.map(code).join(", ")}.`;
  if (kind === "flag") return `${cell(description)} ${code("true")} or ${code("false")}.`;
  return kind === "list" ? `${cell(description)} Separated by commas or line breaks.` : cell(description);
}

function defaultText({ default: value, expression, required }: InputField): string {
  if (expression !== undefined) return code(expression);
  if (value !== undefined && value !== "") return code(value);
  return required ? "**required**" : "";
}

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const code = (text: string): string => `\`${cell(text)}\``;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");
