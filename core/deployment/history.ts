import type { DeploymentState } from "../ports/code-host.ts";
import type { ServedVersion } from "../promotion/plan-rollback.ts";
import type { RecordKey } from "../registry/read-record.ts";
import { type DeploymentPayload, parsePayload } from "./payload.ts";

/** A deployment of ours with its newest state. */
export interface ModelDeployment {
  readonly id: number;
  readonly payload: DeploymentPayload;
  readonly state: "waiting" | "in_progress" | "success" | "failure" | "inactive";
  readonly description: string;
  readonly url: string;
}

/** Deployments of one model in one environment, in the order given. Those of others are left out. */
export function modelDeployments(deployments: readonly DeploymentState[], key: RecordKey): readonly ModelDeployment[] {
  return deployments.flatMap((deployment) => {
    const payload = parsePayload(deployment.payload);
    if (payload?.model !== key.model || payload.environment !== key.environment) return [];
    const [newest] = deployment.statuses;
    return [
      {
        id: deployment.id,
        payload,
        state: stateOf(newest?.state),
        description: newest?.description ?? "",
        url: newest?.url ?? "",
      },
    ];
  });
}

/** The same of those we created ourselves: anybody who may write can make a deployment with any payload. */
export function ownDeployments(
  deployments: readonly DeploymentState[],
  key: RecordKey,
  login: string,
): readonly ModelDeployment[] {
  return modelDeployments(
    deployments.filter(({ creator }) => creator === login),
    key,
  );
}

/** What has served, for a rollback to choose from. A version was healthy when its deployment once succeeded. */
export function servedVersions(deployments: readonly DeploymentState[], key: RecordKey): readonly ServedVersion[] {
  return deployments.flatMap((deployment) => {
    const payload = parsePayload(deployment.payload);
    if (payload?.model !== key.model || payload.environment !== key.environment) return [];
    const { digest, generation, commit } = payload;
    return [{ digest, generation, commit, healthy: deployment.statuses.some(({ state }) => state === "success") }];
  });
}

function stateOf(state: string | undefined): ModelDeployment["state"] {
  switch (state) {
    case "in_progress":
    case "success":
    case "inactive":
      return state;
    case "failure":
    case "error":
      return "failure";
    default:
      return "waiting";
  }
}
