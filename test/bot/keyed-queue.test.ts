import fc from "fast-check";
import { expect, test } from "vitest";
import { backOffMilliseconds, triesFor } from "#bot/back-off";
import { keyedQueue, type QueueOptions } from "#bot/keyed-queue";
import type { Timer } from "#bot/timer";
import { placeOf } from "#bot/work-item";
import { UserError } from "#core/errors";

interface Job {
  readonly lane: string;
  readonly name: string;
}

const soon: Timer = (_, wake) => {
  const handle = setImmediate(wake);
  return () => clearImmediate(handle);
};
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

function queueOf<Result>(work: (job: Job) => Promise<Result>, part: Partial<QueueOptions<Job, Result>> = {}) {
  return keyedQueue<Job, Result>({
    placeOf: ({ lane, name }) => ({ lane, text: `${lane}/${name}` }),
    work,
    concurrency: 3,
    triesFor: () => 3,
    onError: () => undefined,
    timer: soon,
    random: () => 0.5,
    ...part,
  });
}

const jobs = fc.record({ lane: fc.constantFrom("a", "b", "c", "d", "e"), name: fc.constantFrom("x", "y", "z") });

test("never runs two of one lane or too many lanes, and loses nothing, whatever fails", async () => {
  const plan = fc.array(fc.record({ job: jobs, fails: fc.boolean(), gap: fc.boolean() }), {
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(plan, async (steps) => {
      const lanes = new Set<string>();
      const begun: string[] = [];
      const broken: string[] = [];
      const failing = new Set<string>();
      const queue = queueOf(async ({ lane, name }) => {
        if (lanes.has(lane)) broken.push(`two of lane ${lane}`);
        lanes.add(lane);
        if (lanes.size > 3) broken.push(`${lanes.size} lanes`);
        begun.push(`${lane}/${name}`);
        await pause();
        if (name === "z") await pause();
        lanes.delete(lane);
        if (failing.delete(`${lane}/${name}`)) throw new Error("once");
      });
      const served: Array<Promise<boolean>> = [];
      for (const { job, fails, gap } of steps) {
        const text = `${job.lane}/${job.name}`;
        if (fails) failing.add(text);
        const runsBefore = begun.filter((one) => one === text).length;
        served.push(queue.add(job).then(() => begun.filter((one) => one === text).length > runsBefore));
        if (gap) await pause();
      }
      expect(await Promise.all(served)).toEqual(steps.map(() => true));
      await queue.idle();
      expect(broken).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("joins a key that waits and runs once more for a key that was added while it ran", async () => {
  let runs = 0;
  const queue = queueOf(async () => {
    runs += 1;
    await pause();
  });
  const job = { lane: "a", name: "x" };
  const first = queue.add(job);
  await Promise.all([first, queue.add(job), queue.add(job), queue.add(job)]);
  expect(runs).toBe(2);
});

test("runs different names of one lane one after another, in the order they came", async () => {
  const order: string[] = [];
  const queue = queueOf(async ({ name }) => {
    order.push(`begin ${name}`);
    await pause();
    order.push(`end ${name}`);
  });
  await Promise.all(["x", "y"].map((name) => queue.add({ lane: "a", name })));
  expect(order).toEqual(["begin x", "end x", "begin y", "end y"]);
});

test("tries failing work again with back-off while other lanes go on, then parks it", async () => {
  const waits: number[] = [];
  const failures: Array<number | undefined> = [];
  const queue = queueOf(
    async ({ lane }) => {
      if (lane === "bad") throw new Error("away");
      return lane;
    },
    {
      concurrency: 1,
      timer: (milliseconds, wake) => {
        waits.push(milliseconds);
        return soon(0, wake);
      },
      onError: (_, { againInMilliseconds }) => void failures.push(againInMilliseconds),
    },
  );
  const bad = queue.add({ lane: "bad", name: "x" });
  expect(await queue.add({ lane: "good", name: "x" })).toEqual({ kind: "done", result: "good" });
  expect(await bad).toMatchObject({ kind: "parked" });
  expect(waits).toEqual([750, 1500]);
  expect(failures).toEqual([750, 1500, undefined]);
});

test("starts anew with a key that was parked", async () => {
  let away = true;
  const queue = queueOf(
    async () => {
      if (away) throw new Error("away");
    },
    { triesFor: () => 1 },
  );
  const job = { lane: "a", name: "x" };
  expect(await queue.add(job)).toMatchObject({ kind: "parked" });
  away = false;
  expect(await queue.add(job)).toMatchObject({ kind: "done" });
});

test("drains what waits, leaves what rests between tries, and starts nothing after", async () => {
  const worked: string[] = [];
  const queue = queueOf(
    async ({ name }) => {
      if (name === "bad") throw new Error("away");
      await pause();
      worked.push(name);
    },
    { concurrency: 1, timer: () => () => undefined },
  );
  void queue.add({ lane: "a", name: "bad" });
  void queue.add({ lane: "b", name: "one" });
  void queue.add({ lane: "b", name: "two" });
  expect(await queue.drain(1000)).toBe("drained");
  expect(worked).toEqual(["one", "two"]);
  void queue.add({ lane: "c", name: "late" });
  await pause();
  expect(worked).toEqual(["one", "two"]);
});

test("stops draining when the time is over", async () => {
  const queue = queueOf(() => new Promise<void>(() => undefined));
  void queue.add({ lane: "a", name: "hangs" });
  expect(await queue.drain(10)).toBe("timed-out");
});

test("waits 1, 2, 4 seconds up to a minute, never less than half of it", () => {
  const tries = [1, 2, 3, 6, 7, 20];
  expect(tries.map((one) => backOffMilliseconds(one, () => 1))).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
  expect(tries.map((one) => backOffMilliseconds(one, () => 0))).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000]);
});

test("tries again what may mend itself and not what a person must mend", () => {
  const tries = (code: string) => triesFor(new UserError(code, "It failed.", "Mend it."));
  expect(["GITHUB_UNAVAILABLE", "GITHUB_NOT_FOUND", "GITHUB_FORBIDDEN", "GITHUB_RATE_LIMITED"].map(tries)).toEqual([
    8, 2, 1, 1,
  ]);
  expect(triesFor(new TypeError("undefined is not a function"))).toBe(8);
});

test("gives a pull request and its comments one lane, and every release its own", () => {
  const repository = { owner: "Ada", name: "Models", installationId: 1 };
  const lane = (key: Parameters<typeof placeOf>[0]["key"]) => placeOf({ repository, key }).lane;
  expect(lane({ kind: "pull-request", number: 12 })).toBe("ada/models#12");
  expect(lane({ kind: "comment", number: 12, commentId: 5 })).toBe("ada/models#12");
  expect(lane({ kind: "release", model: "churn", environment: "staging" })).toBe("ada/models@churn/staging");
  expect(lane({ kind: "repository" })).toBe("ada/models");
});
