import { z } from "zod";
import { Digest } from "../digest.ts";
import { EnvironmentName, ModelName } from "../names.ts";

/** What a GitHub Deployment of ours says: the promotion it carries out, and the bytes that must serve. */
export const DeploymentPayload = z.strictObject({
  promotion: Digest,
  model: ModelName,
  environment: EnvironmentName,
  digest: Digest,
  generation: z.number().int().min(1),
  /** The default branch's commit whose record asks for it. */
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  /** Where the promotion was reviewed; null for a record pushed without a pull request. */
  pullRequest: z.number().int().min(1).nullable(),
  approvers: z.array(z.string().max(100)).max(100),
});
export type DeploymentPayload = z.output<typeof DeploymentPayload>;

/** The payload of a deployment of ours; undefined for anybody else's. */
export function parsePayload(payload: unknown): DeploymentPayload | undefined {
  const value = typeof payload === "string" ? parseJson(payload) : payload;
  const parsed = DeploymentPayload.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
