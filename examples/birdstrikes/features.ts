import type { Strike } from "./strikes.ts";

/** Columns whose values are names. */
export const CATEGORIES = [
  "aircraft_model",
  "airport",
  "operator",
  "phase",
  "species",
  "state",
  "time_of_day",
  "wildlife_size",
] as const;

/**
 * What a model may see: everything known when the strike is reported. The costs are not here, because they are booked
 * weeks later and are zero unless something broke: a model that saw them would be perfect on paper and useless in use.
 */
export const FEATURES = [...CATEGORIES, "flight_date", "speed"] as const;
export type Feature = (typeof FEATURES)[number];

/** One strike to score: the columns of FEATURES as text, "" where unknown. */
export type FeatureRow = Pick<Strike, Feature>;

/** What was learned about the columns from the training rows; saved beside the network as features.json. */
export interface Encoder {
  readonly features: readonly Feature[];
  /** Per categorical feature the names frequent enough for an input of their own. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly speed: { readonly mean: number; readonly deviation: number };
}

/** Learns the frequent categories and the scale of speed. Sorted, so that one dataset gives one encoder. */
export function fitEncoder(rows: readonly FeatureRow[], features: readonly Feature[], rareBelow: number): Encoder {
  const chosen = CATEGORIES.filter((name) => features.includes(name));
  const categories = chosen.map(
    (name) =>
      [
        name,
        frequent(
          rows.map((row) => row[name]),
          rareBelow,
        ),
      ] as const,
  );
  return { features, categories: Object.fromEntries(categories), speed: scale(rows) };
}

/** Number of network inputs. Each categorical feature has one more than its names, for rare and unseen ones. */
export function width(encoder: Encoder): number {
  const categorical = Object.values(encoder.categories).reduce((sum, names) => sum + names.length + 1, 0);
  const others = encoder.features.filter((name) => name === "speed" || name === "flight_date").length;
  return categorical + 2 * others;
}

/** Encodes rows into one flat matrix of rows x width(encoder). */
export function encode(encoder: Encoder, rows: readonly FeatureRow[]): Float32Array {
  const lookup = Object.entries(encoder.categories).map(([name, names]) => ({
    name: name as (typeof CATEGORIES)[number],
    place: new Map(names.map((value, index) => [value, index])),
  }));
  const columns = width(encoder);
  const matrix = new Float32Array(rows.length * columns);
  for (const [index, row] of rows.entries()) {
    let at = index * columns;
    for (const { name, place } of lookup) {
      matrix[at + (place.get(row[name]) ?? place.size)] = 1;
      at += place.size + 1;
    }
    matrix.set(numbers(encoder, row), at);
  }
  return matrix;
}

/** Speed in standard deviations with a flag for missing (a third of the rows), then the season as a point on a circle. */
function numbers({ features, speed }: Encoder, row: FeatureRow): number[] {
  const encoded: number[] = [];
  if (features.includes("speed")) {
    encoded.push(...(row.speed === "" ? [0, 1] : [(Number(row.speed) - speed.mean) / speed.deviation, 0]));
  }
  if (features.includes("flight_date")) {
    const angle = ((Number(row.flight_date.slice(5, 7)) - 1) / 12) * 2 * Math.PI;
    encoded.push(Math.sin(angle), Math.cos(angle));
  }
  return encoded;
}

function frequent(values: readonly string[], rareBelow: number): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.keys()].filter((value) => (counts.get(value) ?? 0) >= rareBelow).sort();
}

function scale(rows: readonly FeatureRow[]): Encoder["speed"] {
  const known = rows.filter((row) => row.speed !== "").map((row) => Number(row.speed));
  const mean = known.reduce((sum, speed) => sum + speed, 0) / Math.max(known.length, 1);
  const variance = known.reduce((sum, speed) => sum + (speed - mean) ** 2, 0) / Math.max(known.length, 1);
  return { mean, deviation: Math.sqrt(variance) || 1 };
}
