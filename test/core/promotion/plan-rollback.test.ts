import { describe, expect, test } from "vitest";
import { planRollback, type ServedVersion } from "#core/promotion/plan-rollback";
import { digestOfModel } from "#test/support/builders/model";
import { hold, releaseRecord } from "#test/support/builders/release-record";

function served(weights: string, generation: number, facts: Partial<ServedVersion> = {}): ServedVersion {
  return { digest: digestOfModel(weights), generation, commit: String(generation).repeat(40), healthy: true, ...facts };
}

const CURRENT = releaseRecord({ serving: "c", generation: 3 });
const back = (history: ServedVersion[], to?: string, current = CURRENT) => planRollback(current, history, to);

describe("a rollback goes to", () => {
  test("the last version that was healthy before", () => {
    expect(back([served("a", 1), served("b", 2), served("c", 3)])).toEqual({ ok: true, value: served("b", 2) });
  });

  test("the last healthy one, not the previous number", () => {
    const history = [served("a", 1), served("b", 2, { healthy: false }), served("c", 3)];
    expect(back(history)).toEqual({ ok: true, value: served("a", 1) });
  });

  test("the last healthy one, in whatever order the deployments are told", () => {
    expect(back([served("c", 3), served("a", 1), served("b", 2)])).toMatchObject({ value: { generation: 2 } });
  });

  test("another version than the one that serves, when that one was deployed twice", () => {
    expect(back([served("a", 1), served("c", 2), served("c", 3)])).toMatchObject({ value: { generation: 1 } });
  });

  test("a version that was unhealthy once and healthy later", () => {
    const history = [served("a", 1, { healthy: false }), served("a", 2), served("c", 3)];
    expect(back(history)).toMatchObject({ value: { generation: 2 } });
  });

  test("an earlier version even when the current one never came up", () => {
    expect(back([served("b", 2), served("c", 3, { healthy: false })])).toMatchObject({ value: { generation: 2 } });
  });

  test("an earlier version still when the current one is a rollback itself", () => {
    const current = releaseRecord({ serving: "b", generation: 4, reason: "rollback", hold: hold() });
    const history = [served("a", 1), served("b", 2), served("c", 3), served("b", 4)];
    expect(back(history, undefined, current)).toMatchObject({ ok: true, value: { digest: digestOfModel("a") } });
  });
});

describe("a rollback to a named version", () => {
  const history = [served("a", 1), served("b", 2), served("c", 3)];

  test.each(["a", "b"])("finds %s by its digest, by the beginning of it, with and without sha256:", (weights) => {
    const digest = digestOfModel(weights);
    for (const to of [digest, digest.slice(7), digest.slice(0, 15), digest.slice(7, 19)]) {
      expect(back(history, to)).toMatchObject({ ok: true, value: { digest } });
    }
  });

  test("takes its newest deployment", () => {
    const twice = [served("a", 1), served("a", 2), served("c", 3)];
    expect(back(twice, digestOfModel("a"))).toMatchObject({ value: { generation: 2 } });
  });

  test("that was never healthy is refused", () => {
    const never = [served("a", 1, { healthy: false }), served("c", 3)];
    expect(back(never, digestOfModel("a"))).toMatchObject({ ok: false, code: "VERSION_UNKNOWN" });
  });

  test("that never served is refused", () => {
    expect(back(history, "ffffffffffff")).toMatchObject({ ok: false, code: "VERSION_UNKNOWN" });
  });

  test("that serves already is refused", () => {
    expect(back(history, digestOfModel("c"))).toMatchObject({ ok: false, code: "ALREADY_SERVING" });
  });

  test.each(["", "sha256:"])("that is named by nothing, %j, is refused", (to) => {
    expect(back([served("b", 2), served("c", 3, { healthy: false })], to)).toMatchObject({ ok: false });
  });
});

test.each([
  ["nothing has been deployed", []],
  ["only the current version has", [served("c", 3)]],
  ["no earlier one was healthy", [served("a", 1, { healthy: false }), served("c", 3)]],
])("there is nothing to roll back to when %s", (_, history) => {
  expect(back(history)).toMatchObject({ ok: false, code: "NOTHING_TO_ROLL_BACK" });
});
