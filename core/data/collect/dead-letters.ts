import type { StreamRecord } from "../../ports/event-stream.ts";
import type { LineFiles, LineWriter } from "../../ports/line-files.ts";
import type { PoisonReason } from "./poison.ts";
import type { MeasuredLines } from "./write-snapshot.ts";

export interface DeadLetterLimit {
  readonly messages: number;
  readonly bytes: number;
}

export const DEAD_LETTER_LIMIT: DeadLetterLimit = { messages: 1_000, bytes: 10 * 1024 * 1024 };

export const DEAD_LETTER_FILE = "dead-letters.jsonl";
const shelfFile = (partition: number): string => `dead-letters-${partition}.jsonl`;

export interface DeadLetterBox {
  /** Keeps the message aside when there is room for it. */
  add(record: StreamRecord, reason: PoisonReason): Promise<void>;
  /** Writes what is kept to one scratch file, by partition and offset; undefined when nothing is. */
  seal(): Promise<(MeasuredLines & { readonly kept: number }) | undefined>;
  /** Removes every scratch file. */
  discard(): Promise<void>;
}

interface Shelf {
  readonly writer: LineWriter;
  messages: number;
  bytes: number;
  /** Once a message did not fit, no later one is taken: what is kept is the beginning. */
  isFull: boolean;
}

/**
 * Messages that could not become rows, as JSON Lines with key and value in base64. The limit holds for each partition
 * while messages come and for all at the end, so what is kept does not depend on how partitions take turns.
 */
export function deadLetterBox(scratch: LineFiles, limit: DeadLetterLimit = DEAD_LETTER_LIMIT): DeadLetterBox {
  const shelves = new Map<number, Shelf>();
  return {
    add: async (record, reason) => {
      const shelf = shelves.get(record.partition) ?? (await newShelf(scratch, record.partition));
      shelves.set(record.partition, shelf);
      const line = letterLine(record, reason);
      if (takes(shelf, line, limit)) await shelf.writer.write(line);
    },
    seal: async () => {
      for (const { writer } of shelves.values()) await writer.close();
      return shelves.size === 0 ? undefined : join(scratch, [...shelves.keys()], limit);
    },
    discard: async () => {
      for (const [partition, { writer }] of shelves) {
        await writer.close().catch(() => undefined);
        await scratch.remove(shelfFile(partition));
      }
      await scratch.remove(DEAD_LETTER_FILE);
    },
  };
}

async function join(scratch: LineFiles, partitions: readonly number[], limit: DeadLetterLimit) {
  const room: Room = { messages: 0, bytes: 0, isFull: false };
  const writer = await scratch.open(DEAD_LETTER_FILE);
  for (const partition of partitions.toSorted((a, b) => a - b)) {
    for await (const line of scratch.lines(shelfFile(partition))) {
      if (takes(room, line, limit)) await writer.write(line);
    }
  }
  const measured = await writer.close();
  return room.messages === 0 ? undefined : { ...measured, kept: room.messages };
}

type Room = Omit<Shelf, "writer">;

async function newShelf(scratch: LineFiles, partition: number): Promise<Shelf> {
  return { writer: await scratch.open(shelfFile(partition)), messages: 0, bytes: 0, isFull: false };
}

function takes(room: Room, line: string, limit: DeadLetterLimit): boolean {
  const bytes = room.bytes + line.length + 1;
  room.isFull ||= room.messages === limit.messages || bytes > limit.bytes;
  if (room.isFull) return false;
  room.messages += 1;
  room.bytes = bytes;
  return true;
}

/** ASCII, so its characters are its bytes. */
function letterLine({ partition, offset, key, value }: StreamRecord, reason: PoisonReason): string {
  return JSON.stringify({ partition, offset, reason, key: base64(key), value: base64(value) });
}

function base64(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
