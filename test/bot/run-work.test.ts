import { expect, test } from "vitest";
import { startWork } from "#bot/run-work";
import type { Timer } from "#bot/timer";
import type { BotPorts, Key, Reconcile } from "#bot/work";
import { UserError } from "#core/errors";
import { clock, keptLog } from "./support/parts.ts";

const repository = { owner: "ada", name: "models", installationId: 9 };
const pull: Key = { kind: "pull-request", number: 7 };
const soon: Timer = (_, wake) => {
  const handle = setImmediate(wake);
  return () => clearImmediate(handle);
};

function workOf(reconcile: Reconcile) {
  const log = keptLog();
  const benches = { open: 0, cleared: 0 };
  const connect = async () => {
    benches.open += 1;
    // The stub reconcilers of these tests touch no port.
    const ports = {} as BotPorts;
    const clear = async (): Promise<void> => {
      benches.cleared += 1;
    };
    return { ports, clear };
  };
  const work = startWork({ reconcile, connect, concurrency: 2, log, clock, timer: soon, random: () => 0 });
  return { work, log, benches };
}

test("reconciles a key and the keys that follow from it before it says done", async () => {
  const seen: Key[] = [];
  const release: Key = { kind: "release", model: "churn", environment: "staging" };
  const { work, benches, log } = workOf(async (key) => {
    seen.push(key);
    return key.kind === "pull-request" ? [release] : [];
  });
  expect(await work.run({ repository, key: pull })).toEqual({ kind: "done" });
  expect(seen).toEqual([pull, release]);
  expect(benches).toEqual({ open: 2, cleared: 2 });
  expect(log.told[0]).toMatchObject({
    level: "info",
    facts: { repository: "ada/models", key: "ada/models#7", milliseconds: 0, outcome: "done", next: 1 },
  });
});

test("tells what a person must mend as a warning with its code and does not try it again", async () => {
  let runs = 0;
  const { work, log, benches } = workOf(async () => {
    runs += 1;
    throw new UserError("GITHUB_FORBIDDEN", "The token may not.", "Grant it.");
  });
  expect(await work.run({ repository, key: pull })).toMatchObject({ kind: "parked" });
  expect(runs).toBe(1);
  expect(benches.cleared).toBe(1);
  expect(log.told).toMatchObject([{ level: "warn", facts: { code: "GITHUB_FORBIDDEN", outcome: "parked" } }]);
});

test("tells anything else as an error, tries it again and parks it", async () => {
  const { work, log } = workOf(async () => {
    throw new TypeError("x is undefined");
  });
  expect(await work.run({ repository, key: pull })).toMatchObject({ kind: "parked" });
  expect(log.told.map(({ level, facts }) => [level, facts["outcome"]])).toEqual([
    ...Array(7).fill(["error", "retry"]),
    ["error", "parked"],
  ]);
});

test("says parked when what follows from a key is parked", async () => {
  const { work } = workOf(async (key) => {
    if (key.kind === "repository") return [pull];
    throw new UserError("GITHUB_FORBIDDEN", "The token may not.", "Grant it.");
  });
  expect(await work.run({ repository, key: { kind: "repository" } })).toMatchObject({ kind: "parked" });
});

test("leaves keys that name each other in a circle to the sweep", async () => {
  let runs = 0;
  const { work, log } = workOf(async (key) => {
    runs += 1;
    return [key.kind === "repository" ? pull : { kind: "repository" }];
  });
  expect(await work.run({ repository, key: pull })).toEqual({ kind: "done" });
  expect(runs).toBe(8);
  expect(log.told.at(-1)).toMatchObject({ level: "warn" });
});
