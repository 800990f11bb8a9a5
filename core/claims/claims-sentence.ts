import { code, plain } from "../report/markdown.ts";
import { value } from "../report/numbers.ts";
import type { ClaimedMetric, Claims } from "./claims.ts";

const DIRECTIONS = {
  "higher-is-better": "higher is better",
  "lower-is-better": "lower is better",
  unknown: "which way it points is unknown",
} as const;

const SPLITS = {
  test: "test rows",
  validation: "validation rows",
  "cross-validation": "cross-validation",
  train: "training rows",
  unstated: "rows the file does not state",
} as const;

/** Says which file and key was taken and why, or asks, in Markdown that is inert whatever the keys are. */
export function claimsSentence({ source, primary }: Claims): string {
  const file = code(source.path);
  switch (primary.found) {
    case "one":
      return `Took ${told(primary.metric)} from key ${code(primary.metric.rawKey)} of ${file}: ${plain(primary.why)}.`;
    case "none":
      return `Took no primary metric from ${file}: ${plain(primary.why)}.`;
    case "ambiguous": {
      const names = primary.candidates.map((each) => `${code(each.name)} (key ${code(each.rawKey)})`).join(", ");
      const paste = `Add ${code(primary.yamlLine)}, or another of these names, to the model in .github/tidemark.yml.`;
      return `Which number of ${file} counts is not clear, ${primary.why}: ${names}. ${paste}`;
    }
    default:
      return primary satisfies never;
  }
}

function told({ name, value: number, direction, split }: ClaimedMetric): string {
  return `${code(name)} ${value(number)} (${DIRECTIONS[direction]}, ${SPLITS[split]})`;
}
