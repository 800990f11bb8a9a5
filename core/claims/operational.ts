import type { Direction } from "../metrics/metric.ts";
import type { Words } from "./foreign-words.ts";

const words = (text: string): Words => new Set(text.split("_"));

const SPEED = words("throughput_qps_rps_fps");
const COST = words(
  "latency_runtime_time_seconds_secs_sec_duration_ms_milliseconds_minutes_bytes_kb_mb_gb_kib_mib_gib_memory_ram_rss_cost_" +
    "usd_eur_price_co2_emissions_energy_kwh",
);
const UNITS = words("ms_us_s_seconds_sec_secs_milliseconds");

/** Time, space and money: what a model costs, not how good it is. */
export function isOperational(key: readonly string[]): boolean {
  return key.some((word) => SPEED.has(word) || COST.has(word)) || key.join("_") === "model_size" || isPerSecond(key);
}

export interface OperationalWord {
  readonly name: string;
  readonly direction: Direction;
}

/** The unit stays as the file has it: what a bare number or an "MB" means is not for us to guess. */
export function operationalWord(key: readonly string[]): OperationalWord {
  const isSpeed = isPerSecond(key) || key.some((word) => SPEED.has(word));
  return { name: nameOf(key), direction: isSpeed ? "higher-is-better" : "lower-is-better" };
}

function nameOf(key: readonly string[]): string {
  const text = key.join("_");
  if (/^(?:train|training|fit)_(?:seconds|secs|sec|runtime|time_(?:seconds|secs|sec|s))$/.test(text))
    return "training_seconds";
  if (/^model_(?:size_)?bytes$/.test(text)) return "model_bytes";
  return key.includes("latency") ? latencyName(key) : text;
}

/** latency_p95_ms, whatever the order of its words. */
function latencyName(key: readonly string[]): string {
  const share = key.filter((word) => /^p\d+$/.test(word));
  const unit = key.filter((word) => UNITS.has(word));
  const rest = key.filter((word) => word !== "latency" && !share.includes(word) && !unit.includes(word));
  return [...rest, "latency", ...share, ...unit].join("_");
}

function isPerSecond(key: readonly string[]): boolean {
  return /(?:^|_)per_(?:second|sec|s|minute)$/.test(key.join("_"));
}
