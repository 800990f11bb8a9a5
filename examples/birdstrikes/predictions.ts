import { labels, type Strike, writeCsv } from "./strikes.ts";

/** predictions.csv: the truth and the score of each holdout row, and the columns by which results are sliced. */
export function predictionsCsv(rows: readonly Strike[], scores: readonly number[]): string {
  const truth = labels(rows);
  const lines = rows.map(({ id, phase, time_of_day }, index) => ({
    id,
    y_true: truth[index],
    // Nine digits are all a single-precision score has.
    score: scores[index]?.toPrecision(9),
    phase,
    time_of_day,
  }));
  return writeCsv(["id", "y_true", "score", "phase", "time_of_day"], lines);
}
