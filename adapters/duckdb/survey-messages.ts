import { z } from "zod";
import { ColumnDrift } from "#core/data/drift/drift-result";
import { KINDS, type PersonalKind } from "#core/data/privacy/personal-kinds";
import { CategoricalProfile, NumericProfile } from "#core/data/profile/reference-profile";
import { Digest } from "#core/digest";

export const count = z.number().int().min(0);

const CheckResult = z
  .object({ broken: count, checked: count, firstLine: z.number().int().min(1).optional() })
  .transform(({ broken, checked, firstLine }) => ({ broken, checked, firstLine }));

export const Measurement = z.object({
  digest: Digest,
  bytes: count,
  rows: count,
  columns: z.array(z.string()),
  results: z.array(CheckResult),
});

const Drift = ColumnDrift.omit({ p_adjusted: true, rows_needed: true, verdict: true, sentence: true }).extend({
  missing: ColumnDrift.shape.missing.omit({ p_adjusted: true }),
});

const Personal = z.object({
  column: z.string(),
  kind: z.enum(KINDS.map(({ kind }) => kind) as [PersonalKind]),
  score: z.number().min(0).max(1),
  matched: count,
  checked: count,
  named: z.boolean(),
});

const ColumnSurvey = z.object({
  profile: z.discriminatedUnion("kind", [NumericProfile, CategoricalProfile]),
  drift: Drift.nullable(),
  personal: Personal.nullable(),
  draft: z.record(z.string(), z.unknown()),
  labelTold: z.number().min(0).max(1).nullable(),
});

const Anonymity = z.object({
  groups: count,
  rows: count,
  k: count.nullable(),
  small_groups: count,
  small_rows: count,
  l_distinct: count.nullable(),
  l_entropy: z.number().min(1).nullable(),
});

const QueryAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("number"), value: z.number() }),
  z.object({ kind: z.literal("refused"), reason: z.string().max(500) }),
]);

export const Surveyed = z.object({
  kind: z.literal("surveyed"),
  measurement: Measurement,
  answers: z.array(QueryAnswer),
  columns: z.array(ColumnSurvey),
  absent: z.array(Drift),
  anonymity: Anonymity.nullable(),
});
