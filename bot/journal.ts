import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { UserError } from "#core/errors";
import type { Clock } from "#core/ports/clock";
import { type Delivery, parsePayload } from "./delivery.ts";

/** Remembers deliveries across crashes, and which of them are done. Every method throws when the disk says no. */
export interface Journal {
  /** "seen" when the delivery waits or is done. One that failed counts as new: somebody sends it again on purpose. */
  record(delivery: Delivery): "new" | "seen";
  has(id: string): boolean;
  /**
   * Deliveries to work again, each counted as one more attempt: after a crash the unfinished ones, otherwise those
   * that failed. One that was attempted too often stays failed, so that a poisonous one cannot kill the bot for ever.
   */
  takeUnfinished(after: "crash" | "failure"): readonly Delivery[];
  finish(id: string): void;
  fail(id: string, reason: string): void;
  /** Forgets what GitHub, too, has forgotten. */
  forgetOld(): void;
  close(): void;
}

/** GitHub keeps deliveries for three days; a day more for clocks and delays. */
const KEPT_MILLISECONDS = 4 * 24 * 60 * 60 * 1000;
const MOST_ATTEMPTS = 5;
const LONGEST_REASON = 500;

// EXCLUSIVE: a second bot on the same journal must not start, since each would work what the other accepted.
const SCHEMA = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS deliveries (
    id TEXT PRIMARY KEY,
    event TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    payload TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'failed')),
    attempts INTEGER NOT NULL,
    reason TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS deliveries_by_state ON deliveries (state, received_at);
`;

const Row = z.object({ id: z.string(), event: z.string(), payload: z.string() });

/** @throws UserError JOURNAL_REFUSED */
export function openJournal(path: string, clock: Clock): Journal {
  const database = open(path);
  const now = (): number => clock().getTime();
  const insert = database.prepare(`
    INSERT INTO deliveries (id, event, received_at, payload, state, attempts) VALUES (?, ?, ?, ?, 'pending', 1)
    ON CONFLICT (id) DO UPDATE SET payload = excluded.payload, state = 'pending', attempts = 1 WHERE state = 'failed'`);
  const find = database.prepare("SELECT 1 FROM deliveries WHERE id = ? AND state <> 'failed'");
  const finish = database.prepare("UPDATE deliveries SET state = 'done', payload = NULL WHERE id = ?");
  const fail = database.prepare(`
    UPDATE deliveries SET state = 'failed', reason = ?,
      payload = CASE WHEN attempts < ${MOST_ATTEMPTS} THEN payload END WHERE id = ?`);
  const forget = database.prepare("DELETE FROM deliveries WHERE received_at < ? AND state <> 'pending'");
  return {
    record: ({ id, event, body }) => (insert.run(id, event, now(), body).changes === 1 ? "new" : "seen"),
    has: (id) => find.get(id) !== undefined,
    takeUnfinished: (after) => takeUnfinished(database, after),
    finish: (id) => void finish.run(id),
    fail: (id, reason) => void fail.run(reason.slice(0, LONGEST_REASON), id),
    forgetOld: () => void forget.run(now() - KEPT_MILLISECONDS),
    close: () => database.close(),
  };
}

function open(path: string): DatabaseSync {
  try {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
    const database = new DatabaseSync(path);
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      "JOURNAL_REFUSED",
      `The journal ${path} cannot be opened: ${reason}.`,
      "Set JOURNAL_PATH to a file in a folder the bot may write to and no other bot uses.",
      { cause: error },
    );
  }
}

function takeUnfinished(database: DatabaseSync, after: "crash" | "failure"): readonly Delivery[] {
  const states = after === "crash" ? "('pending', 'failed')" : "('failed')";
  database.exec(`
    UPDATE deliveries SET state = 'failed', payload = NULL, reason = coalesce(reason, 'attempted too often')
    WHERE state = 'pending' AND attempts >= ${MOST_ATTEMPTS} AND '${after}' = 'crash'`);
  const rows = database
    .prepare(`
      UPDATE deliveries SET state = 'pending', attempts = attempts + 1
      WHERE state IN ${states} AND payload IS NOT NULL AND attempts < ${MOST_ATTEMPTS}
      RETURNING id, event, payload`)
    .all();
  return z.array(Row).parse(rows).flatMap(readRow);
}

function readRow({ id, event, payload: body }: z.output<typeof Row>): Delivery[] {
  const payload = parsePayload(body);
  return payload === undefined ? [] : [{ id, event, body, payload }];
}
