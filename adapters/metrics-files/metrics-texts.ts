import type { MetricsTexts } from "#core/claims/metrics-texts";
import { csvRows } from "./csv-rows.ts";
import { tomlDocument } from "./toml-document.ts";

/** Reads CSV and TOML texts of a metrics file's size. */
export function metricsTexts(): MetricsTexts {
  return { csv: csvRows, toml: tomlDocument };
}
