import { expect, test } from "vitest";
import { modelDeployments, ownDeployments, servedVersions } from "#core/deployment/history";
import { digestOf } from "#core/digest";
import type { DeploymentState } from "#core/ports/code-host";
import { KEY } from "#test/support/builders/release-record";

function deployment(id: number, states: string[], payload: Record<string, unknown> = {}): DeploymentState {
  const ours = {
    promotion: digestOf(`p${id}`),
    ...KEY,
    digest: digestOf(`d${id}`),
    generation: id,
    commit: "a".repeat(40),
    pullRequest: null,
    approvers: [],
  };
  const statuses = states.map((state) => ({ state, description: `is ${state}`, url: "https://x.example" }));
  return {
    id,
    commit: "a".repeat(40),
    environment: "production",
    creator: "tidemark[bot]",
    payload: { ...ours, ...payload },
    createdAt: "",
    statuses,
  };
}

test("deployments of other models, environments and tools are left out", () => {
  const all = [
    deployment(1, ["success"]),
    deployment(2, ["success"], { model: "fraud" }),
    deployment(3, ["success"], { environment: "staging" }),
    deployment(4, ["success"], { task: "deploy" }),
    { ...deployment(5, ["success"]), payload: "made by hand" },
  ];
  expect(modelDeployments(all, KEY).map(({ id }) => id)).toEqual([1]);
  expect(servedVersions(all, KEY).map(({ generation }) => generation)).toEqual([1]);
});

test("a deployment somebody else made with our payload is not ours", () => {
  const forged = { ...deployment(9, ["success"]), creator: "mallory" };
  expect(ownDeployments([forged, deployment(1, [])], KEY, "tidemark[bot]").map(({ id }) => id)).toEqual([1]);
});

test.each([
  [[], "waiting"],
  [["queued"], "waiting"],
  [["pending"], "waiting"],
  [["in_progress"], "in_progress"],
  [["success", "in_progress"], "success"],
  [["failure", "in_progress"], "failure"],
  [["error"], "failure"],
  [["inactive", "success"], "inactive"],
])("a deployment with the statuses %j, newest first, is %s", (states, state) => {
  expect(modelDeployments([deployment(1, states)], KEY)[0]?.state).toBe(state);
});

test.each([
  [["success"], true],
  [["inactive", "success", "in_progress"], true],
  [["failure", "in_progress"], false],
  [[], false],
])("a version with the statuses %j was healthy: %s", (states, healthy) => {
  expect(servedVersions([deployment(1, states)], KEY)[0]?.healthy).toBe(healthy);
});
