import { lstat } from "node:fs/promises";
import { UserError } from "#core/errors";
import type { PredictionColumns, PredictionRows } from "#core/ports/data-engine";
import { didYouMean } from "#core/suggest";
import { numberOf } from "./column-types.ts";
import { DistinctKeys } from "./distinct-keys.ts";
import { readTable, type TableFile } from "./read-table.ts";

/** Reads a file of predictions into columns, in the file's order. */
export async function readPredictions(file: TableFile, columns: PredictionColumns): Promise<PredictionRows> {
  await refuseLink(file.path);
  const reader = new PredictionReader(file.path, columns);
  const { digest } = await readTable(file, reader);
  return { digest, ...reader.rows() };
}

/** A training command could point its predictions at any file of the machine, and an error would quote it. */
async function refuseLink(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSymbolicLink() !== true) return;
  throw new UserError(
    "PREDICTIONS_MALFORMED",
    `${path} is a link, not a file.`,
    "Let the training command write the predictions themselves.",
  );
}

class PredictionReader {
  readonly #path: string;
  readonly #wanted: PredictionColumns;
  readonly #ids: string[] = [];
  readonly #labels: number[] = [];
  readonly #scores: number[] = [];
  readonly #slices: Map<string, string[]>;
  readonly #seen = new DistinctKeys();
  #at = { id: 0, label: 0, score: 0 };
  #slicesAt: readonly (readonly [values: string[], index: number])[] = [];
  #negative: string | undefined;

  constructor(path: string, wanted: PredictionColumns) {
    this.#path = path;
    this.#wanted = wanted;
    this.#slices = new Map(wanted.slices.map((name) => [name, []]));
  }

  header(names: readonly string[]): void {
    const find = (name: string) => {
      const index = names.indexOf(name);
      if (index === -1) throw this.#malformed(`there is no column "${name}"`, existing(name, names));
      return index;
    };
    const { id, label, score } = this.#wanted;
    this.#at = { id: find(id), label: find(label), score: find(score) };
    this.#slicesAt = [...this.#slices].map(([name, values]) => [values, find(name)]);
  }

  row(values: readonly string[], line: number): void {
    this.#ids.push(this.#id(values[this.#at.id] ?? "", line));
    this.#labels.push(this.#label(values[this.#at.label] ?? "", line));
    this.#scores.push(this.#score(values[this.#at.score] ?? "", line));
    for (const [slice, index] of this.#slicesAt) slice.push(values[index] ?? "");
  }

  rows(): Omit<PredictionRows, "digest"> {
    return {
      ids: this.#ids,
      labels: Uint8Array.from(this.#labels),
      scores: Float64Array.from(this.#scores),
      slices: this.#slices,
    };
  }

  #id(text: string, line: number): string {
    if (text === "") throw this.#malformedAt(line, `the ${this.#wanted.id} is missing`);
    if (!this.#seen.add([text])) throw this.#malformedAt(line, `the ${this.#wanted.id} ${quoted(text)} occurs twice`);
    return text;
  }

  #label(text: string, line: number): number {
    if (text === "") throw this.#malformedAt(line, `the ${this.#wanted.label} is missing`);
    if (text === this.#wanted.positive) return 1;
    this.#negative ??= text;
    if (text === this.#negative) return 0;
    const { label, positive } = this.#wanted;
    const known = `${quoted(positive)} (the positive class) and ${quoted(this.#negative)}`;
    throw this.#malformedAt(line, `the ${label} ${quoted(text)} is a third class beside ${known}`);
  }

  #score(text: string, line: number): number {
    const score = numberOf(text);
    if (score !== undefined && score >= 0 && score <= 1) return score;
    throw this.#malformedAt(line, `the ${this.#wanted.score} ${quoted(text)} is not a number from 0 to 1`);
  }

  #malformedAt(line: number, reason: string): UserError {
    return malformed(`${this.#path} line ${line}`, reason, "Correct the step that writes the predictions.");
  }

  #malformed(reason: string, hint: string): UserError {
    return malformed(this.#path, reason, hint);
  }
}

function malformed(place: string, reason: string, hint: string): UserError {
  return new UserError("PREDICTIONS_MALFORMED", `${place}: ${reason}.`, hint);
}

const SHOWN_COLUMNS = 20;

function existing(name: string, names: readonly string[]): string {
  const more = names.length > SHOWN_COLUMNS ? ` and ${names.length - SHOWN_COLUMNS} more` : "";
  const list = `The file has the columns ${names.slice(0, SHOWN_COLUMNS).map(quoted).join(", ")}${more}.`;
  return [list, didYouMean(name, names)].filter((part) => part !== "").join(" ");
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
