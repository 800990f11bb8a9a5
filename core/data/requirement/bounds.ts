/** Both ends included. */
export interface Range<Bound> {
  readonly min?: Bound;
  readonly max?: Bound;
}

/** Ends as a contract has them. The exclusive ones are not included. */
export interface Bounds {
  readonly minimum?: number | string | undefined;
  readonly maximum?: number | string | undefined;
  readonly exclusiveMinimum?: number | string | undefined;
  readonly exclusiveMaximum?: number | string | undefined;
}

/** An end that is not included becomes the next number that is: the next integer, or the next double. */
export function numberRange(bounds: Bounds, kind: "integer" | "number"): Range<number> {
  const above = kind === "integer" ? (value: number) => Math.floor(value) + 1 : nextUp;
  const below = kind === "integer" ? (value: number) => Math.ceil(value) - 1 : (value: number) => -nextUp(-value);
  const mins = [...numbers(bounds.minimum), ...numbers(bounds.exclusiveMinimum).map(above)];
  const maxes = [...numbers(bounds.maximum), ...numbers(bounds.exclusiveMaximum).map(below)];
  return {
    ...(mins.length === 0 ? {} : { min: Math.max(...mins) }),
    ...(maxes.length === 0 ? {} : { max: Math.min(...maxes) }),
  };
}

/** An end that is not included becomes the millisecond beside it. */
export function dateRange(bounds: Bounds): Range<string> {
  const mins = [...dates(bounds.minimum, 0), ...dates(bounds.exclusiveMinimum, 1)];
  const maxes = [...dates(bounds.maximum, 0), ...dates(bounds.exclusiveMaximum, -1)];
  const [first] = mins.sort((a, b) => Date.parse(b) - Date.parse(a));
  const [last] = maxes.sort((a, b) => Date.parse(a) - Date.parse(b));
  return { ...(first === undefined ? {} : { min: first }), ...(last === undefined ? {} : { max: last }) };
}

export function words({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds): string {
  const isPlain = exclusiveMinimum === undefined && exclusiveMaximum === undefined;
  if (isPlain && minimum !== undefined && maximum !== undefined)
    return `between ${minimum} and ${maximum}, both included`;
  const parts = [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
    ...(exclusiveMaximum === undefined ? [] : [`below ${exclusiveMaximum}`]),
  ];
  return parts.join(" and ");
}

function numbers(value: number | string | undefined): number[] {
  return typeof value === "number" ? [value] : [];
}

function dates(value: number | string | undefined, milliseconds: number): string[] {
  if (typeof value !== "string") return [];
  return [milliseconds === 0 ? value : new Date(Date.parse(value) + milliseconds).toISOString()];
}

/** The next double above a finite one. */
function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
}
