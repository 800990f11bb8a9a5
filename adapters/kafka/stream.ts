import type { Admin, Consumer, Kafka } from "kafkajs";
import type { EventStream, Offsets } from "#core/ports/event-stream";
import { commitOffsets } from "./commit.ts";
import { type Connection, connect } from "./connect.ts";
import { stretchesOf } from "./ends.ts";
import { explained, isPassing, type StreamPlace } from "./problems.ts";
import { progress } from "./progress.ts";
import { consume, deadlineOf } from "./session.ts";

export interface KafkaOptions extends Connection {
  readonly topic: string;
  /** The collector's own; nobody else may read in it. */
  readonly group: string;
  /** How long the brokers may stay away before reading fails. */
  readonly patienceSeconds?: number;
  /** How long to wait at a place where the broker has nothing for us though the end is not reached. */
  readonly idleSeconds?: number;
  /** How soon the broker forgets a collector that died; brokers allow 6 to 1800. */
  readonly sessionSeconds?: number;
}

const PATIENCE_SECONDS = 60;
const IDLE_SECONDS = 10;
const SESSION_SECONDS = 10;
const PAUSE_MS = 500;

/**
 * A topic of Apache Kafka. What is read is decided by the offsets handed in and the topic's end at the start, never by
 * what the group has committed. Beyond the port's errors: STREAM_REFUSED (credentials and rights), GROUP_IN_USE and
 * STREAM_UNREADABLE.
 */
export function kafkaStream(options: KafkaOptions): EventStream {
  const { topic, group, brokers } = options;
  const place: StreamPlace = { brokers, topic, group };
  const patienceSeconds = options.patienceSeconds ?? PATIENCE_SECONDS;
  const idleSeconds = options.idleSeconds ?? IDLE_SECONDS;
  const open = new Set<Admin | Consumer>();
  const work = async <Result>(task: (tools: Tools) => Promise<Result>): Promise<Result> => {
    const { kafka, newConsumer } = await connect(options, {
      group,
      sessionSeconds: options.sessionSeconds ?? SESSION_SECONDS,
    });
    try {
      return await task({ kafka, newConsumer, patienceSeconds, open });
    } catch (error) {
      throw explained(error, place);
    }
  };
  return {
    read: (from, limit, onRecord) =>
      work(async (tools) => {
        const deadline = deadlineOf(limit);
        const stretches = await patiently(tools, tools.kafka.admin(), (admin) => stretchesOf(admin, place, from));
        const reading = progress(stretches, limit);
        if (reading.hasFinished()) return reading.offsets();
        const session = { place, progress: reading, deadline, patienceSeconds, idleSeconds, onRecord };
        await patiently(tools, tools.newConsumer(), (consumer) => consume({ ...session, consumer }));
        // Nothing more came before the end: either there is nothing, or the broker deleted it under our hands.
        if (!reading.hasFinished()) {
          await patiently(tools, tools.kafka.admin(), (admin) => stretchesOf(admin, place, reading.offsets()));
        }
        return reading.offsets();
      }),
    commit: (offsets: Offsets) =>
      work((tools) => patiently(tools, tools.newConsumer(), (consumer) => commitOffsets(consumer, place, offsets))),
    close: async () => {
      await Promise.all([...open].map((each) => each.disconnect().catch(() => undefined)));
    },
    description: `the topic "${topic}" at ${brokers.join(", ")}`,
  };
}

interface Tools {
  readonly kafka: Kafka;
  readonly newConsumer: () => Consumer;
  readonly patienceSeconds: number;
  readonly open: Set<Admin | Consumer>;
}

/** Connects, however long that takes within our patience, does the task and leaves no connection behind. */
async function patiently<Client extends Admin | Consumer, Result>(
  { patienceSeconds, open }: Tools,
  client: Client,
  task: (client: Client) => Promise<Result>,
): Promise<Result> {
  const until = Date.now() + patienceSeconds * 1_000;
  open.add(client);
  try {
    await connected(client, until);
    return await task(client);
  } finally {
    await client.disconnect().catch(() => undefined);
    open.delete(client);
  }
}

async function connected(client: Admin | Consumer, until: number): Promise<void> {
  for (;;) {
    try {
      return await client.connect();
    } catch (error) {
      if (!isPassing(error) || Date.now() >= until) throw error;
      await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    }
  }
}
