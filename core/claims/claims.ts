import type { Digest } from "../digest.ts";
import type { Direction } from "../metrics/metric.ts";

/** Rows a claim is about, as far as the file says it. */
export type ClaimedSplit = "test" | "unstated" | "validation" | "cross-validation" | "train";

/** A number that a training run says of itself. Nobody has checked it. */
export interface ClaimedMetric {
  /** One of ours where the file's spelling is known, else the cleaned key; always a MetricName. */
  readonly name: string;
  /** Where the number stands in the file, keys joined by dots. Text of a stranger: escape it wherever it is shown. */
  readonly rawKey: string;
  readonly split: ClaimedSplit;
  readonly value: number;
  readonly direction: Direction | "unknown";
  /** Operational numbers (latency, bytes, seconds, cost) never become the primary metric. */
  readonly kind: "quality" | "operational";
}

/** A claim about a part of the rows. `slice` is text of a stranger. */
export interface ClaimedSlice extends ClaimedMetric {
  readonly slice: string;
}

export interface IgnoredKey {
  readonly rawKey: string;
  readonly reason: string;
}

export type PrimaryClaim =
  | { readonly found: "one"; readonly metric: ClaimedMetric; readonly why: string }
  | {
      readonly found: "ambiguous";
      readonly candidates: readonly ClaimedMetric[];
      /** For the model's entry in .github/tidemark.yml; names the first candidate. */
      readonly yamlLine: string;
      readonly why: string;
    }
  | { readonly found: "none"; readonly why: string };

export interface MetricsSource {
  readonly path: string;
  readonly digest: Digest;
  /** What `primary-metric` of the configuration says, when it says something. */
  readonly primaryMetric?: string | undefined;
}

export interface Claims {
  readonly source: MetricsSource;
  readonly metrics: readonly ClaimedMetric[];
  readonly primary: PrimaryClaim;
  readonly slices: readonly ClaimedSlice[];
  readonly ignored: readonly IgnoredKey[];
}
