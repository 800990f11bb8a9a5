import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openJournal } from "#bot/journal";
import { UserError } from "#core/errors";
import { temporaryFolder } from "#test/support/temporary-folder";
import { clock, delivery, withJournal } from "./support/parts.ts";

const days = (count: number) => new Date(clock().getTime() + count * 24 * 60 * 60 * 1000);

test("knows a delivery it recorded, also after a restart (F-37)", async () => {
  const path = join(await temporaryFolder(), "new", "journal.sqlite");
  const first = withJournal(path);
  const one = delivery({ id: "one" });
  expect(first.record(one)).toBe("new");
  expect(first.record(one)).toBe("seen");
  first.finish("one");
  expect(first.record(one)).toBe("seen");
  first.close();
  expect(withJournal(path).record(one)).toBe("seen");
});

test("gives back what a crash left, until it was attempted five times", () => {
  const journal = withJournal();
  const one = delivery({ payload: { number: 7 } });
  journal.record(one);
  const attempts = [1, 2, 3, 4, 5].map(() => journal.takeUnfinished("crash"));
  expect(attempts).toEqual([[one], [one], [one], [one], []]);
});

test("gives back failed deliveries and not those under way", () => {
  const journal = withJournal();
  journal.record(delivery({ id: "under-way" }));
  journal.record(delivery({ id: "failed" }));
  journal.fail("failed", "no luck");
  expect(journal.takeUnfinished("failure").map(({ id }) => id)).toEqual(["failed"]);
  expect(journal.takeUnfinished("failure")).toEqual([]);
});

test("takes a failed delivery that is sent again as new", () => {
  const journal = withJournal();
  const one = delivery({ id: "one" });
  journal.record(one);
  journal.fail("one", "no luck");
  expect(journal.has("one")).toBe(false);
  expect(journal.record(one)).toBe("new");
  expect(journal.has("one")).toBe(true);
});

test("forgets what is older than four days, unless it is still to do", () => {
  let now = days(0);
  const journal = withJournal(":memory:", () => now);
  for (const id of ["done", "pending"]) journal.record(delivery({ id }));
  journal.finish("done");
  now = days(3.9);
  journal.forgetOld();
  expect(journal.has("done")).toBe(true);
  now = days(4.1);
  journal.forgetOld();
  expect([journal.has("done"), journal.has("pending")]).toEqual([false, true]);
});

test("refuses a second bot on the same journal, and a file that is none", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "journal.sqlite");
  withJournal(path);
  expect(() => openJournal(path, clock)).toThrow(expect.objectContaining({ code: "JOURNAL_REFUSED" }));
  expect(() => openJournal(folder, clock)).toThrow(expect.objectContaining({ code: "JOURNAL_REFUSED" }));
});

test("refuses a place where no file can be made", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "file"), "");
  expect(() => openJournal(join(folder, "file", "journal.sqlite"), clock)).toThrow(UserError);
});
