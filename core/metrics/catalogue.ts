import { BINARY_METRICS } from "./binary/binary-task.ts";

/** Names that rules may use. */
export const METRIC_NAMES: readonly string[] = BINARY_METRICS.map((metric) => metric.name);
