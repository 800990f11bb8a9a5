// Splits the source by year: `npm run data [-- folder]` writes train.csv and holdout.csv, by default to data/.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { readParams } from "./params.ts";
import { COLUMNS, type Strike, writeCsv } from "./strikes.ts";

// The yardstick. It is fixed in code and not in params.yaml, so that no change of parameters moves it.
const HOLDOUT = { from: 1999, until: 2000 };
const SOURCE = join(import.meta.dirname, "data", "birdstrikes.csv");

type SourceRow = Readonly<Record<string, string>>;

/** Renames the columns, leaves out the costs (nobody knows them at the moment of the strike) and decides the label. The id is the row's place in the source, so it never changes. */
function strike(row: SourceRow, index: number): Strike {
  const field = (name: string): string => {
    const value = row[name];
    if (value === undefined) throw new Error(`The source has no column "${name}".`);
    return value.trim();
  };
  return {
    id: String(index + 1),
    flight_date: field("Flight Date"),
    airport: field("Airport Name"),
    aircraft_model: field("Aircraft Make Model"),
    operator: field("Aircraft Airline Operator"),
    state: field("Origin State"),
    phase: field("Phase of flight"),
    wildlife_size: field("Wildlife Size"),
    species: field("Wildlife Species"),
    time_of_day: field("Time of day"),
    speed: field("Speed IAS in knots"),
    // "None" is the only value that means no damage; the old codes B and C (15 rows) are kinds of damage.
    damage: field("Effect Amount of damage") === "None" ? "0" : "1",
  };
}

const yearOf = (row: Strike): number => Number(row.flight_date.slice(0, 4));

const { trainUntil } = readParams();
if (trainUntil >= HOLDOUT.from) {
  console.error(
    `train-until is ${trainUntil}, but the holdout starts in ${HOLDOUT.from}: training would see the answers.`,
  );
  process.exit(1);
}
const folder = process.argv[2] ?? join(import.meta.dirname, "data");
const strikes = parse<SourceRow>(readFileSync(SOURCE, "utf8"), { columns: true, bom: true }).map(strike);
const train = strikes.filter((row) => yearOf(row) <= trainUntil);
const holdout = strikes.filter((row) => yearOf(row) >= HOLDOUT.from && yearOf(row) <= HOLDOUT.until);

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "train.csv"), writeCsv(COLUMNS, train));
writeFileSync(join(folder, "holdout.csv"), writeCsv(COLUMNS, holdout));
console.log(`train.csv: ${train.length} strikes until ${trainUntil}`);
console.log(`holdout.csv: ${holdout.length} strikes of ${HOLDOUT.from}-${HOLDOUT.until}`);
