import { expect, test } from "vitest";
import type { LoggedDelivery } from "#bot/app-api";
import { backfill, missedDeliveries } from "#bot/backfill";
import { sweep } from "#bot/sweep";
import { every } from "#bot/timer";
import type { Repository } from "#bot/work";
import { clock, delivery, keptLog, until, withJournal } from "./support/parts.ts";

const at = (name: string, installationId = 1): Repository => ({ owner: "ada", name, installationId });

test("visits every repository of every installation, and goes on where one installation fails", async () => {
  const visited: Repository[] = [];
  const log = keptLog();
  const api = {
    installations: async () => [1, 2, 3],
    repositories: async (id: number) => {
      if (id === 2) throw new Error("suspended just now");
      return [at("models", id), at("more", id)];
    },
  };
  await sweep({ api, visit: (repository) => void visited.push(repository), log });
  expect(visited.map(({ installationId }) => installationId)).toEqual([1, 1, 3, 3]);
  expect(log.told.map(({ level }) => level)).toEqual(["warn", "info"]);
});

test("only tells when GitHub is away", async () => {
  const log = keptLog();
  const away = async () => Promise.reject(new Error("GitHub is away"));
  await sweep({ api: { installations: away, repositories: away }, visit: () => undefined, log });
  await backfill({ api: { deliveriesSince: away, redeliver: away }, journal: withJournal(), clock, log });
  expect(log.told.map(({ level }) => level)).toEqual(["warn", "warn"]);
});

const tried = (id: number, guid: string, part: Partial<LoggedDelivery> = {}): LoggedDelivery => ({
  id,
  guid,
  event: "push",
  ok: false,
  deliveredAt: clock(),
  ...part,
});

test("asks again for what no attempt brought home, oldest first, by its newest attempt", () => {
  const attempts = [tried(9, "c"), tried(8, "a"), tried(7, "b", { ok: true }), tried(6, "b"), tried(5, "a")];
  expect(missedDeliveries(attempts).map(({ id }) => id)).toEqual([8, 9]);
});

test("does not ask for events it would ignore", () => {
  expect(missedDeliveries([tried(1, "a", { event: "star" }), tried(2, "b", { event: "ping" })])).toEqual([]);
});

test("asks for at most a hundred of three days and skips what the journal has", async () => {
  const journal = withJournal();
  journal.record(delivery({ id: "guid-0" }));
  const asked: number[] = [];
  let since: Date | undefined;
  const api = {
    deliveriesSince: async (time: Date) => {
      since = time;
      return Array.from({ length: 150 }, (_, index) => tried(index, `guid-${index}`)).reverse();
    },
    redeliver: async (id: number) => void asked.push(id),
  };
  const log = keptLog();
  await backfill({ api, journal, clock, log });
  expect(since).toEqual(new Date("2026-08-29T12:00:00Z"));
  expect(asked).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  expect(log.told).toMatchObject([{ facts: { missed: 149, asked: 100 } }]);
});

test("works at once and again after every pause, until it is stopped", async () => {
  let turns = 0;
  const wakes: Array<() => void> = [];
  const stop = every(
    1000,
    async () => {
      turns += 1;
    },
    (_, wake) => {
      wakes.push(wake);
      return () => undefined;
    },
  );
  await until(() => wakes.length === 1);
  wakes[0]?.();
  await until(() => wakes.length === 2);
  stop();
  expect(turns).toBe(2);
});
