import { z } from "zod";
import { parsePayload } from "#core/deployment/payload";
import { InRepository, on } from "./handler.ts";

const Deployed = z.object({ deployment: z.object({ payload: z.unknown() }) });

/** The payload only names the release; whatever else it says is read back. */
export const deployments = on(["deployment_status"], InRepository.and(Deployed), ({ at: repository, deployment }) => {
  const ours = parsePayload(deployment.payload);
  if (ours === undefined) return [];
  return [{ repository, key: { kind: "release", model: ours.model, environment: ours.environment } }];
});
