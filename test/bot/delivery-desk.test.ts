import { join } from "node:path";
import { expect, test } from "vitest";
import type { Delivery } from "#bot/delivery";
import { type DeliveryDesk, deliveryDesk } from "#bot/delivery-desk";
import type { Journal } from "#bot/journal";
import { temporaryFolder } from "#test/support/temporary-folder";
import { delivery, headersOf, keptLog, post, until, withFront, withJournal } from "./support/parts.ts";

function desk(journal: Journal, receive: (one: Delivery) => Promise<void>): DeliveryDesk {
  return deliveryDesk({ journal, receive, log: keptLog() });
}

test("works a delivery once that arrives ten times at once, and not again after a restart (F-37)", async () => {
  const path = join(await temporaryFolder(), "journal.sqlite");
  const worked: string[] = [];
  const receive = async ({ id }: Delivery) => void worked.push(id);
  const first = withJournal(path);
  const { url } = await withFront({ accept: desk(first, receive).accept });
  const body = JSON.stringify({ zen: "Anything added dilutes everything else." });
  const headers = headersOf(body, { "x-github-delivery": "same" });
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(url, body, headers)));
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  expect(texts.filter((text) => text === "accepted\n")).toHaveLength(1);
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202));
  await until(() => worked.length > 0);
  first.close();

  const second = desk(withJournal(path), receive);
  expect(second.accept(delivery({ id: "same" }))).toBe("seen");
  expect(worked).toEqual(["same"]);
});

test("notes a delivery whose handler threw as failed and works the next one (F-36)", async () => {
  const journal = withJournal();
  const worked: string[] = [];
  const { accept } = desk(journal, async ({ id }) => {
    if (id === "bad") throw new Error("boom");
    worked.push(id);
  });
  accept(delivery({ id: "bad" }));
  accept(delivery({ id: "good" }));
  await until(() => worked.length === 1 && !journal.has("bad"));
  expect(journal.has("good")).toBe(true);
});

const done = { kind: "done" } as const;

test("is not done with a delivery before its work has ended", async () => {
  const journal = withJournal();
  let end = (): void => undefined;
  const slow: DeliveryDesk = desk(journal, async ({ id }) => {
    slow.follow(
      id,
      new Promise((resolve) => {
        end = () => resolve(done);
      }),
    );
    slow.follow(id, Promise.resolve(done));
  });
  slow.accept(delivery({ id: "one" }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(journal.takeUnfinished("crash")).toHaveLength(1);
  end();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(journal.takeUnfinished("crash")).toEqual([]);
});

test("works again at the next sweep what was parked", async () => {
  const journal = withJournal();
  let rounds = 0;
  const counter: DeliveryDesk = desk(journal, async ({ id }) => {
    rounds += 1;
    const end = rounds === 1 ? ({ kind: "parked", error: new Error("GitHub is away") } as const) : done;
    counter.follow(id, Promise.resolve(end));
  });
  counter.accept(delivery({ id: "one" }));
  await until(() => !journal.has("one"));
  counter.resume("failure");
  await until(() => rounds === 2 && journal.has("one"));
  expect(journal.takeUnfinished("failure")).toEqual([]);
});

test("keeps the reason it had when the journal is gone by then", async () => {
  const journal = withJournal();
  const log = keptLog();
  const { accept } = deliveryDesk({ journal, receive: async () => journal.close(), log });
  accept(delivery({ id: "one" }));
  await until(() => log.told.length > 0);
  expect(log.told[0]).toMatchObject({ level: "error", facts: { delivery: "one" } });
});
