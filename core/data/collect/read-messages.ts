import type { EventStream, Offsets, StreamLimit, StreamRecord } from "../../ports/event-stream.ts";
import type { LineFiles, LineWriter } from "../../ports/line-files.ts";
import type { ValueDecoder } from "../../ports/value-decoder.ts";
import { type Collected, collector } from "./collector.ts";
import type { DeadLetterBox } from "./dead-letters.ts";
import type { Identity } from "./identity.ts";
import { rowFile } from "./write-snapshot.ts";

export interface ReadPorts {
  readonly stream: EventStream;
  readonly decoder: ValueDecoder;
  readonly scratch: LineFiles;
}

export interface ReadPlan {
  readonly from: Offsets;
  readonly limit: StreamLimit;
  readonly identity: Identity;
  /** Where poison messages are kept aside, if they are. */
  readonly deadLetters?: DeadLetterBox | undefined;
}

/** Reads a stretch of the stream into one scratch file of rows per partition. */
export async function readMessages(
  { stream, decoder, scratch }: ReadPorts,
  { from, limit, identity, deadLetters }: ReadPlan,
): Promise<{ readonly offsets: Offsets; readonly collected: Collected }> {
  const reducer = collector(identity);
  const writers = new Map<number, LineWriter>();
  const take = async (record: StreamRecord) => {
    const fate = reducer.accept(record, record.value === undefined ? undefined : await decoder.decode(record.value));
    if (fate.kind === "poison") await deadLetters?.add(record, fate.reason);
    if (fate.kind !== "row") return;
    const writer = writers.get(record.partition) ?? (await scratch.open(rowFile(record.partition)));
    writers.set(record.partition, writer);
    await writer.write(fate.line);
  };
  try {
    return { offsets: await stream.read(from, limit, take), collected: reducer.result() };
  } finally {
    for (const writer of writers.values()) await writer.close();
  }
}
