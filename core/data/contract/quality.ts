import { z } from "zod";
import { limitOf, OPERATORS } from "../limit.ts";
import { operators } from "./operators.ts";
import { TidemarkCheck } from "./tidemark-check.ts";

// Values are compared as the text of the file.
const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const Arguments = z.looseObject({
  validValues: z.array(Value).min(1, "expected at least one value").max(1_000).optional(),
  pattern: z.string().min(1).max(1_000, "expected a pattern of at most 1,000 characters").optional(),
  /** Texts that mean a missing value, beside the empty one. */
  missingValues: z
    .array(z.union([z.null(), Value]))
    .max(1_000)
    .optional(),
  /** Columns that are looked at together. */
  properties: z.array(z.string()).min(1).max(50).optional(),
});

const Entry = z.looseObject({
  type: z.enum(["text", "library", "sql", "custom"]).optional(),
  metric: z.enum(["nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount"]).optional(),
  unit: z.string().prefault("rows"),
  arguments: Arguments.optional(),
  query: z.string().min(1).max(10_000, "expected a query of at most 10,000 characters").optional(),
  engine: z.string().optional(),
  implementation: z.unknown().optional(),
  ...operators,
  severity: z.string().optional(),
  description: z.string().optional(),
});

/**
 * A rule of a contract: a metric of the standard's library, a query, or a check of ours; with exactly one operator.
 * "Between" includes both ends. Rules in words or for other engines are left alone.
 */
export const Quality = Entry.superRefine((quality, context) => {
  for (const { path, message } of problemsOf(quality)) context.addIssue({ code: "custom", path, message });
});
export type Quality = z.output<typeof Quality>;

export type QualityKind = "metric" | "query" | "tidemark" | "foreign";

/** Who answers a rule; "foreign" rules are for people and other tools. */
export function kindOf({ type, metric, query, engine }: z.output<typeof Entry>): QualityKind {
  if (type === "text") return "foreign";
  if (type === "sql" || (type === undefined && metric === undefined && query !== undefined)) return "query";
  if (type === "custom") return engine === "tidemark" ? "tidemark" : "foreign";
  return type === "library" || metric !== undefined ? "metric" : "foreign";
}

/** The check a rule of the kind "tidemark" asks for; undefined for any other, and for one that is not well-formed. */
export function tidemarkCheck(quality: Quality): TidemarkCheck | undefined {
  return kindOf(quality) === "tidemark" ? TidemarkCheck.safeParse(quality.implementation).data : undefined;
}

/** How much a broken rule weighs: an error unless the contract says less. */
export function severityOf({ severity }: Pick<Quality, "severity">): "error" | "warning" | "note" {
  const said = severity?.toLowerCase();
  if (said === "warning" || said === "warn") return "warning";
  return said === "info" || said === "note" ? "note" : "error";
}

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

const NEEDS_OPERATOR = `needs exactly one operator: one of ${OPERATORS.join(", ")}`;

function problemsOf(quality: z.output<typeof Entry>): Problem[] {
  switch (kindOf(quality)) {
    case "metric":
      return metricProblems(quality);
    case "query":
      return queryProblems(quality);
    case "tidemark":
      return (TidemarkCheck.safeParse(quality.implementation).error?.issues ?? []).map(({ path, message }) => ({
        path: ["implementation", ...path.map((part) => (typeof part === "number" ? part : String(part)))],
        message,
      }));
    default:
      return [];
  }
}

function metricProblems(quality: z.output<typeof Entry>): Problem[] {
  const { metric, unit, arguments: given } = quality;
  if (metric === undefined) return [{ path: ["metric"], message: "is required in a rule of the library" }];
  const lacksValues = metric === "invalidValues" && given?.validValues === undefined && given?.pattern === undefined;
  return [
    ...(limitOf(quality) === undefined ? [{ path: [], message: `${metric} ${NEEDS_OPERATOR}` }] : []),
    ...(unit === "rows" || unit === "percent" ? [] : [{ path: ["unit"], message: 'expected "rows" or "percent"' }]),
    ...(lacksValues
      ? [{ path: ["arguments"], message: "invalidValues says neither validValues nor pattern; add one of them" }]
      : []),
  ];
}

const READS = /^\s*(?:select|with|from)\b/i;

function queryProblems(quality: z.output<typeof Entry>): Problem[] {
  if (quality.query === undefined) return [{ path: ["query"], message: "is required in a rule of type sql" }];
  return [
    ...(limitOf(quality) === undefined ? [{ path: [], message: `the query ${NEEDS_OPERATOR}` }] : []),
    ...(READS.test(quality.query)
      ? []
      : [{ path: ["query"], message: "expected one statement that only reads: it begins with SELECT or WITH" }]),
  ];
}
