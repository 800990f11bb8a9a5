import { FEATURES, type Feature, type FeatureRow } from "./features.ts";

// The tensors of the Open Inference Protocol (REST, version 2) that this model takes and gives.

/** A request the client can mend; the message says how. */
export class BadRequest extends Error {}

interface Tensor {
  readonly name: Feature;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly unknown[];
}

const datatypeOf = (name: Feature): "BYTES" | "FP64" => (name === "speed" ? "FP64" : "BYTES");

/** The model's inputs as its metadata lists them: one value per strike and feature. */
export const inputTensors = (features: readonly Feature[]) =>
  features.map((name) => ({ name, datatype: datatypeOf(name), shape: [-1] }));

export const OUTPUT_TENSORS = [{ name: "score", datatype: "FP64", shape: [-1] }];

/** Turns the body of an infer request into rows. Throws BadRequest. Every feature of the model must be there. */
export function parseInferRequest(body: string, features: readonly Feature[]): { rows: FeatureRow[]; id?: string } {
  const request = json(body);
  const inputs = Array.isArray(request["inputs"]) ? request["inputs"] : [];
  if (inputs.length === 0) throw new BadRequest('"inputs" must be a list of tensors.');
  const tensors = new Map<string, Tensor>(inputs.map((input) => [String(input?.name), tensor(input)]));
  if (tensors.size < inputs.length) throw new BadRequest("An input is there twice.");
  const missing = features.filter((name) => !tensors.has(name));
  if (missing.length > 0) throw new BadRequest(`Missing inputs: ${missing.join(", ")}.`);

  const sizes = new Set([...tensors.values()].map(({ data }) => data.length));
  const [size = 0] = sizes;
  if (sizes.size > 1 || size === 0)
    throw new BadRequest("All inputs must hold the same number of values, at least one.");
  const rows = Array.from({ length: size }, (_, index) => {
    const fields = FEATURES.map((name) => [name, String(tensors.get(name)?.data[index] ?? "")] as const);
    return Object.fromEntries(fields) as Record<Feature, string>;
  });
  const id = request["id"];
  return typeof id === "string" ? { rows, id } : { rows };
}

function json(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through: whatever was wrong, the client needs the same sentence.
  }
  throw new BadRequest("The body is not a JSON object.");
}

function tensor(input: Partial<Tensor> | null): Tensor {
  const { name, shape, datatype, data } = input ?? {};
  const feature = FEATURES.find((known) => known === name);
  if (feature === undefined) throw new BadRequest(`Unknown input "${String(name).slice(0, 60)}".`);
  if (datatype !== datatypeOf(feature)) throw new BadRequest(`Input "${feature}" must be ${datatypeOf(feature)}.`);
  if (!Array.isArray(data) || !isColumn(shape, data.length)) {
    throw new BadRequest(`Input "${feature}" must have the shape [n] or [n, 1] and n values.`);
  }
  if (!data.every((value) => isValue(feature, value)))
    throw new BadRequest(`Input "${feature}": ${expectation(feature)}.`);
  return { name: feature, shape: [data.length], datatype, data };
}

const isColumn = (shape: unknown, length: number): boolean =>
  Array.isArray(shape) && shape[0] === length && (shape.length === 1 || (shape.length === 2 && shape[1] === 1));

function isValue(feature: Feature, value: unknown): boolean {
  if (feature === "speed") return value === null || typeof value === "number";
  if (feature === "flight_date") return typeof value === "string" && /^\d{4}-(0[1-9]|1[0-2])-\d{2}$/.test(value);
  return typeof value === "string";
}

function expectation(feature: Feature): string {
  if (feature === "speed") return "every value must be a number of knots, or null where unknown";
  return feature === "flight_date" ? "every value must be a date as 2000-12-31" : "every value must be a string";
}
