import { UserError } from "../../errors.ts";
import type { PredictionColumns, PredictionRows } from "../../ports/data-engine.ts";
import { didYouMean } from "../../suggest.ts";

/** A row that is no prediction; it is told with its place once that is known. */
export class RowRefused extends Error {
  /** Counts from 1; the header is not a row. */
  readonly row: number;
  readonly #reason: string;

  constructor(row: number, reason: string) {
    super(reason);
    this.row = row;
    this.#reason = reason;
  }

  /** @param place such as "predictions.csv line 7" */
  at(place: string): UserError {
    return predictionsMalformed(place, this.#reason, "Correct the step that writes the predictions.");
  }
}

/** One row as texts; a missing value is an empty one. */
export interface PredictionTexts {
  readonly id: string;
  readonly label: string;
  readonly score: string;
  /** The score as a number; undefined or NaN where the text states none. */
  readonly number: number | undefined;
  /** In the order of the wanted slices. */
  readonly slices: readonly string[];
}

/** Puts predictions together row by row: ids once each, two classes, scores from 0 to 1. */
export class PredictionReader {
  readonly #wanted: PredictionColumns;
  readonly #ids = new Set<string>();
  readonly #labels: number[] = [];
  readonly #scores: number[] = [];
  readonly #slices: readonly string[][];
  #negative: string | undefined;

  constructor(wanted: PredictionColumns) {
    this.#wanted = wanted;
    this.#slices = wanted.slices.map(() => []);
  }

  /** @throws RowRefused */
  add({ id, label, score, number, slices }: PredictionTexts): void {
    this.#addId(id);
    this.#labels.push(this.#label(label));
    this.#scores.push(this.#score(number, score));
    for (const [at, values] of this.#slices.entries()) values.push(slices[at] ?? "");
  }

  rows(): Omit<PredictionRows, "digest"> {
    return {
      ids: [...this.#ids],
      labels: Uint8Array.from(this.#labels),
      scores: Float64Array.from(this.#scores),
      slices: new Map(this.#wanted.slices.map((name, at) => [name, this.#slices[at] ?? []])),
    };
  }

  #refused(reason: string): RowRefused {
    return new RowRefused(this.#scores.length + 1, reason);
  }

  #addId(id: string): void {
    const name = this.#wanted.id;
    if (id === "") throw this.#refused(`the ${name} is missing`);
    if (this.#ids.has(id)) throw this.#refused(`the ${name} ${quoted(id)} occurs twice`);
    this.#ids.add(id);
  }

  #label(text: string): number {
    const { label, positive } = this.#wanted;
    if (text === "") throw this.#refused(`the ${label} is missing`);
    if (text === positive) return 1;
    this.#negative ??= text;
    if (text === this.#negative) return 0;
    const known = `${quoted(positive)} (the positive class) and ${quoted(this.#negative)}`;
    throw this.#refused(`the ${label} ${quoted(text)} is a third class beside ${known}`);
  }

  #score(number: number | undefined, text: string): number {
    if (number !== undefined && number >= 0 && number <= 1) return number;
    throw this.#refused(`the ${this.#wanted.score} ${quoted(text)} is not a number from 0 to 1`);
  }
}

const SHOWN_COLUMNS = 20;

/** @throws UserError PREDICTIONS_MALFORMED when one of the wanted columns is not there */
export function refuseMissingColumns(wanted: PredictionColumns, header: readonly string[], path: string): void {
  const missing = predictionColumns(wanted).find((name) => !header.includes(name));
  if (missing === undefined) return;
  const more = header.length > SHOWN_COLUMNS ? ` and ${header.length - SHOWN_COLUMNS} more` : "";
  const list = `The file has the columns ${header.slice(0, SHOWN_COLUMNS).map(quoted).join(", ")}${more}.`;
  const hint = [list, didYouMean(missing, header)].filter((part) => part !== "").join(" ");
  throw predictionsMalformed(path, `there is no column ${quoted(missing)}`, hint);
}

/** Id, label, score, then the slices. */
export function predictionColumns({ id, label, score, slices }: PredictionColumns): readonly string[] {
  return [id, label, score, ...slices];
}

/** A training command could point its predictions at any file of the machine, and an error would quote it. */
export function linkRefused(path: string): UserError {
  return predictionsMalformed(
    path,
    "is a link, not a file",
    "Let the training command write the predictions themselves.",
  );
}

function predictionsMalformed(place: string, reason: string, hint: string): UserError {
  return new UserError("PREDICTIONS_MALFORMED", `${place}: ${reason}.`, hint);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
