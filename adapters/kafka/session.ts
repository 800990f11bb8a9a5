import type { Consumer, EachBatchPayload, KafkaMessage } from "kafkajs";
import { UserError } from "#core/errors";
import type { StreamLimit, StreamRecord } from "#core/ports/event-stream";
import { outOfRange } from "./ends.ts";
import { explained, isPassing, type StreamPlace } from "./problems.ts";
import type { Progress } from "./progress.ts";
import { type Vigil, vigil } from "./vigil.ts";

export interface Session {
  readonly consumer: Consumer;
  readonly place: StreamPlace;
  readonly progress: Progress;
  readonly deadline: number;
  readonly patienceSeconds: number;
  readonly idleSeconds: number;
  readonly onRecord: (record: StreamRecord) => Promise<void>;
}

interface Running extends Session {
  readonly vigil: Vigil;
  readonly finish: () => void;
  readonly fail: (error: unknown) => void;
  readonly isOver: () => boolean;
  /** Offsets a batch should have begun at and did not, by partition. */
  readonly gaps: Map<number, bigint>;
}

const HEARTBEAT_EVERY_MS = 1_000;
const LOOK_EVERY_MS = 200;

export function deadlineOf(limit: StreamLimit): number {
  return Date.now() + limit.seconds * 1_000;
}

/** Consumes until the progress has finished, the deadline has come or nothing more is to be had. */
export async function consume(session: Session): Promise<void> {
  const ending = Promise.withResolvers<void>();
  let over = false;
  const settle = (how: () => void) => {
    over = true;
    how();
  };
  const running: Running = {
    ...session,
    vigil: vigil(session),
    gaps: new Map(),
    isOver: () => over,
    finish: () => settle(ending.resolve),
    fail: (error) => settle(() => ending.reject(explained(error, session.place))),
  };
  listen(running);
  const watch = setInterval(() => look(running), LOOK_EVERY_MS);
  try {
    start(running).catch(running.fail);
    await ending.promise;
  } finally {
    over = true;
    clearInterval(watch);
  }
}

async function start(running: Running): Promise<void> {
  const { consumer, place } = running;
  await consumer.subscribe({ topics: [place.topic], fromBeginning: true });
  const inTurn = turns();
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: (payload) => inTurn(() => takeBatch(running, payload)),
  });
}

/** After a rebalance kafkajs may start a batch while an old one is still in our hands: one after the other. */
function turns(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

function listen(running: Running): void {
  const { consumer, progress, place, vigil: watch } = running;
  consumer.on(consumer.events.GROUP_JOIN, () => {
    watch.answered();
    watch.moved();
    // kafkajs forgets its offsets with every join and would go on from the committed ones.
    for (const partition of progress.partitions) seek(running, partition);
  });
  consumer.on(consumer.events.HEARTBEAT, () => watch.answered());
  consumer.on(consumer.events.FETCH, () => watch.fetched());
  consumer.on(consumer.events.START_BATCH_PROCESS, ({ payload }) => {
    // Only transaction marks or aborted records: kafkajs passes them without handing over a batch.
    if (payload.batchSize > 0 || payload.topic !== place.topic) return;
    progress.passed(payload.partition, BigInt(payload.lastOffset));
    watch.moved();
    if (progress.hasFinished()) running.finish();
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    watch.troubled(payload.error);
    if (!payload.restart || !isPassing(payload.error)) running.fail(payload.error);
  });
}

function seek({ consumer, progress, place }: Running, partition: number): void {
  const offset = progress.next(partition);
  if (offset !== undefined) consumer.seek({ topic: place.topic, partition, offset: offset.toString() });
}

function look(running: Running): void {
  const state = running.vigil.state();
  if (running.isOver() || state.kind === "busy") return;
  const isLate = Date.now() >= running.deadline;
  if (state.kind === "away" || (state.kind === "troubled" && isLate)) running.fail(state.error);
  else if (state.kind === "idle" || isLate) running.finish();
}

/** kafkajs does not type the offset it asked for, which tells a gap from a compacted stretch. */
type Fetched = EachBatchPayload["batch"] & { readonly fetchedOffset?: string };

async function takeBatch(running: Running, payload: EachBatchPayload): Promise<void> {
  const batch: Fetched = payload.batch;
  const { partition } = batch;
  const next = running.progress.next(partition);
  if (running.isOver() || next === undefined) return;
  if (batch.fetchedOffset !== undefined && BigInt(batch.fetchedOffset) > next) return mendGap(running, partition, next);
  running.vigil.busy();
  try {
    if (await takeRecords(running, payload)) closeBatch(running, payload);
  } finally {
    running.vigil.free();
  }
}

/** A batch that begins behind where we are: once that is a lost seek, twice the broker has deleted what lay between. */
function mendGap(running: Running, partition: number, next: bigint): void {
  if (running.gaps.get(partition) === next) {
    running.fail(outOfRange(running.place, { partition, offset: next.toString(), why: "was deleted meanwhile" }));
    return;
  }
  running.gaps.set(partition, next);
  seek(running, partition);
}

/** @returns whether the whole batch was taken */
async function takeRecords(running: Running, { batch, heartbeat, isRunning }: EachBatchPayload): Promise<boolean> {
  let beat = Date.now();
  for (const message of batch.messages) {
    if (running.isOver() || !isRunning()) return false;
    if (Date.now() >= running.deadline) return finished(running);
    if (!(await takeRecord(running, batch.partition, message))) return false;
    if (Date.now() - beat < HEARTBEAT_EVERY_MS) continue;
    await heartbeat();
    beat = Date.now();
  }
  return true;
}

/** @returns whether to go on */
async function takeRecord(running: Running, partition: number, message: KafkaMessage): Promise<boolean> {
  const { progress } = running;
  const offset = BigInt(message.offset);
  const bytes = (message.key?.length ?? 0) + (message.value?.length ?? 0);
  const admission = progress.admit({ partition, offset, bytes });
  if (admission === "stop") return finished(running);
  if (admission === "skip") return true;
  try {
    await running.onRecord(recordOf(partition, message));
  } catch (error) {
    running.fail(error);
    return false;
  }
  progress.handed(partition, offset, bytes);
  running.vigil.moved();
  return progress.hasFinished() ? finished(running) : true;
}

function finished(running: Running): false {
  running.finish();
  return false;
}

/** Past the marks and compacted offsets at the batch's end; at the partition's end there is nothing more to fetch. */
function closeBatch(running: Running, { batch, resolveOffset }: EachBatchPayload): void {
  const { progress, consumer, place } = running;
  resolveOffset(batch.lastOffset());
  progress.passed(batch.partition, BigInt(batch.lastOffset()));
  if (progress.hasFinished()) running.finish();
  else if (progress.hasEnded(batch.partition)) consumer.pause([{ topic: place.topic, partitions: [batch.partition] }]);
}

function recordOf(partition: number, { offset, timestamp, key, value }: KafkaMessage): StreamRecord {
  const time = Number(timestamp);
  if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) throw badTime(partition, offset);
  // A producer may send no time, which is -1.
  return {
    partition,
    offset,
    timestamp: new Date(Math.max(time, 0)),
    key: key ?? undefined,
    value: value ?? undefined,
  };
}

function badTime(partition: number, offset: string): UserError {
  return new UserError(
    "STREAM_UNREADABLE",
    `The record at offset ${offset} of partition ${partition} has a time no calendar holds.`,
    "Mend the producer's clock; the topic setting message.timestamp.after.max.ms refuses such records.",
  );
}
