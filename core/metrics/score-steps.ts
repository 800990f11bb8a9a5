import { ascendingOrder } from "./ascending-order.ts";
import { remembered } from "./remembered.ts";

/** Rows in the order of one number; a step is a run of equal numbers. */
export interface Steps {
  /** Row numbers, ascending by value; equal values in the order of the rows. */
  readonly order: Uint32Array;
  /** Ends of the steps in `order`, each one past its last. */
  readonly ends: Uint32Array;
  /** The step of each row, from 0. */
  readonly stepOf: Uint32Array;
}

/** Sorts an array once, however many metrics ask. */
export const stepsOf: (values: Float64Array) => Steps = remembered((values) => {
  const order = ascendingOrder(values);
  const ends = new Uint32Array(order.length);
  const stepOf = new Uint32Array(order.length);
  let step = 0;
  for (let at = 0; at < order.length; at++) {
    const row = order[at] ?? 0;
    if (at > 0 && values[row] !== values[order[at - 1] ?? 0]) step++;
    stepOf[row] = step;
    ends[step] = at + 1;
  }
  return { order, ends: ends.slice(0, order.length === 0 ? 0 : step + 1), stepOf };
});
