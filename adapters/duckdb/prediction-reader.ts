import { UserError } from "#core/errors";
import type { PredictionColumns, PredictionRows } from "#core/ports/data-engine";
import { didYouMean } from "#core/suggest";
import type { Table } from "./table.ts";

/** A row that is no prediction; it is told with its line once that is known. */
export class RowRefused extends Error {
  readonly row: number;
  readonly #reason: string;

  constructor(row: number, reason: string) {
    super(reason);
    this.row = row;
    this.#reason = reason;
  }

  at(place: string): UserError {
    return malformed(place, this.#reason, "Correct the step that writes the predictions.");
  }
}

/** One chunk of rows: the scores as numbers, NaN where a text states none, and every column as text. */
export interface PredictionChunk {
  readonly doubles: Float64Array;
  readonly texts: readonly (readonly string[])[];
}

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

  add({ doubles, texts }: PredictionChunk): void {
    const [ids = [], labels = [], scores = [], ...slices] = texts;
    for (const [at, id] of ids.entries()) {
      this.#addId(id);
      this.#labels.push(this.#label(labels[at] ?? ""));
      this.#scores.push(this.#score(doubles[at] ?? Number.NaN, scores[at] ?? ""));
      for (const [index, values] of this.#slices.entries()) values.push(slices[index]?.[at] ?? "");
    }
  }

  rows(): Omit<PredictionRows, "digest"> {
    return {
      ids: [...this.#ids],
      labels: Uint8Array.from(this.#labels),
      scores: Float64Array.from(this.#scores),
      slices: new Map(this.#wanted.slices.map((name, at) => [name, this.#slices[at] ?? []])),
    };
  }

  /** Counts from 1. */
  get #row(): number {
    return this.#scores.length + 1;
  }

  #addId(id: string): void {
    const name = this.#wanted.id;
    if (id === "") throw new RowRefused(this.#row, `the ${name} is missing`);
    if (this.#ids.has(id)) throw new RowRefused(this.#row, `the ${name} ${quoted(id)} occurs twice`);
    this.#ids.add(id);
  }

  #label(text: string): number {
    const { label, positive } = this.#wanted;
    if (text === "") throw new RowRefused(this.#row, `the ${label} is missing`);
    if (text === positive) return 1;
    this.#negative ??= text;
    if (text === this.#negative) return 0;
    const known = `${quoted(positive)} (the positive class) and ${quoted(this.#negative)}`;
    throw new RowRefused(this.#row, `the ${label} ${quoted(text)} is a third class beside ${known}`);
  }

  #score(score: number, text: string): number {
    if (score >= 0 && score <= 1) return score;
    throw new RowRefused(this.#row, `the ${this.#wanted.score} ${quoted(text)} is not a number from 0 to 1`);
  }
}

const SHOWN_COLUMNS = 20;

export function refuseMissing({ path, columns }: Table, wanted: PredictionColumns): void {
  const missing = [wanted.id, wanted.label, wanted.score, ...wanted.slices].find((name) => !columns.includes(name));
  if (missing === undefined) return;
  const more = columns.length > SHOWN_COLUMNS ? ` and ${columns.length - SHOWN_COLUMNS} more` : "";
  const list = `The file has the columns ${columns.slice(0, SHOWN_COLUMNS).map(quoted).join(", ")}${more}.`;
  const hint = [list, didYouMean(missing, columns)].filter((part) => part !== "").join(" ");
  throw malformed(path, `there is no column "${missing}"`, hint);
}

function malformed(place: string, reason: string, hint: string): UserError {
  return new UserError("PREDICTIONS_MALFORMED", `${place}: ${reason}.`, hint);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
