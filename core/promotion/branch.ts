import { shortDigest } from "../digest.ts";
import { EnvironmentName, ModelName } from "../names.ts";
import type { ReleaseRecord } from "../registry/release-record.ts";

/** What a promotion branch's name says. */
export interface PromotionBranch {
  readonly kind: "promote" | "rollback" | "resume";
  readonly model: string;
  readonly environment: string;
  readonly generation: number;
  /** The first twelve hex digits of the model's digest. */
  readonly shortDigest: string;
}

const BRANCH =
  /^tidemark\/(?<kind>promote|rollback|resume)\/(?<model>[^/]+)\/(?<environment>[^/]+)\/g(?<generation>[1-9]\d{0,8})-(?<shortDigest>[0-9a-f]{12})$/;

/** The branch of a promotion pull request: printed and parsed here only. */
export const promotionBranch = {
  format: ({ kind, model, environment, generation, shortDigest }: PromotionBranch): string =>
    `tidemark/${kind}/${model}/${environment}/g${generation}-${shortDigest}`,
  parse: (branch: string): PromotionBranch | undefined => {
    const groups = BRANCH.exec(branch)?.groups;
    if (groups === undefined) return undefined;
    const { kind, model = "", environment = "", generation = "", shortDigest = "" } = groups;
    if (!ModelName.safeParse(model).success || !EnvironmentName.safeParse(environment).success) return undefined;
    return { kind: kind as PromotionBranch["kind"], model, environment, generation: Number(generation), shortDigest };
  },
};

/** The one branch a record can come from, so that its pull request is found again without remembering it. */
export function branchOfRecord(record: ReleaseRecord): string {
  const { model, environment, generation, serving } = record;
  const kind = kindOfRecord(record);
  return promotionBranch.format({ kind, model, environment, generation, shortDigest: shortDigest(serving.digest) });
}

export function kindOfRecord({ reason }: Pick<ReleaseRecord, "reason">): PromotionBranch["kind"] {
  return reason === "rollback" || reason === "resume" ? reason : "promote";
}
