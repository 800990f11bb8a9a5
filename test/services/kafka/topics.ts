import { randomBytes } from "node:crypto";
import { onTestFinished } from "vitest";
import { type KafkaOptions, kafkaStream } from "#adapters/kafka/stream";
import type { MemoryMessage } from "#test/support/fakes/event-stream";
import { quietKafka } from "./broker.ts";

process.env["KAFKAJS_NO_PARTITIONER_WARNING"] = "1";

export interface Topic {
  readonly name: string;
  readonly group: string;
  send(messages: readonly MemoryMessage[]): Promise<void>;
  remove(): Promise<void>;
  /** Once more, after it was removed. */
  make(): Promise<void>;
  deleteBefore(partition: number, offset: number): Promise<void>;
  /** What the group has committed, by partition. */
  committed(): Promise<Readonly<Record<string, string>>>;
  /** How many members the group has. */
  members(): Promise<number>;
  stream(options?: Partial<KafkaOptions>): ReturnType<typeof kafkaStream>;
}

interface TopicOptions {
  readonly partitions?: number;
  readonly config?: Readonly<Record<string, string>>;
}

/** A new topic of the broker. */
export async function newTopic(address: string, { partitions = 1, config = {} }: TopicOptions = {}): Promise<Topic> {
  const name = `topic-${randomBytes(6).toString("hex")}`;
  const group = `group-${name}`;
  const kafka = quietKafka(address);
  const asAdmin = async <Result>(work: (admin: ReturnType<typeof kafka.admin>) => Promise<Result>) => {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  };
  // The records of these tests are from 1970, which the broker would soon delete.
  const configEntries = Object.entries({ "retention.ms": "-1", ...config }).map(([key, value]) => ({
    name: key,
    value,
  }));
  const make = async () => {
    const topics = [{ topic: name, numPartitions: partitions, configEntries }];
    await asAdmin((admin) => admin.createTopics({ topics, waitForLeaders: true }));
  };
  await make();
  return {
    name,
    group,
    send: async (messages) => {
      const producer = kafka.producer();
      await producer.connect();
      try {
        await producer.send({ topic: name, messages: messages.map(kafkaMessage) });
      } finally {
        await producer.disconnect();
      }
    },
    make,
    remove: () => asAdmin((admin) => admin.deleteTopics({ topics: [name] })),
    deleteBefore: (partition, offset) =>
      asAdmin(async (admin) => {
        await admin.fetchTopicMetadata({ topics: [name] });
        await admin.deleteTopicRecords({ topic: name, partitions: [{ partition, offset: String(offset) }] });
      }),
    committed: async () => {
      const [found] = await asAdmin((admin) => admin.fetchOffsets({ groupId: group, topics: [name] }));
      return Object.fromEntries((found?.partitions ?? []).map(({ partition, offset }) => [String(partition), offset]));
    },
    members: async () => {
      const { groups } = await asAdmin((admin) => admin.describeGroups([group]));
      return groups[0]?.members.length ?? 0;
    },
    stream: (options = {}) => {
      const stream = kafkaStream({ brokers: [address], topic: name, group, sessionSeconds: 6, ...options });
      onTestFinished(() => stream.close());
      return stream;
    },
  };
}

function kafkaMessage({ partition = 0, key = null, value, time = 0 }: MemoryMessage) {
  const bytes = (content: string | Uint8Array | null) => (content === null ? null : Buffer.from(content));
  return { partition, key: bytes(key), value: bytes(value), timestamp: String(time) };
}
