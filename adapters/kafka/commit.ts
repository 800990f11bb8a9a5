import type { Consumer } from "kafkajs";
import type { Offsets } from "#core/ports/event-stream";
import type { StreamPlace } from "./problems.ts";

/** Joins the group, reads nothing and stores the offsets. */
export async function commitOffsets(consumer: Consumer, { topic }: StreamPlace, offsets: Offsets): Promise<void> {
  const places = Object.entries(offsets).map(([partition, offset]) => ({
    topic,
    partition: Number(partition),
    offset,
  }));
  if (places.length === 0) return;
  await consumer.subscribe({ topics: [topic] });
  const crashed = Promise.withResolvers<never>();
  crashed.promise.catch(() => undefined);
  let isStored = false;
  consumer.on(consumer.events.CRASH, ({ payload }) => crashed.reject(payload.error));
  consumer.on(consumer.events.COMMIT_OFFSETS, () => {
    isStored = true;
  });
  const running = consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => undefined });
  consumer.pause([{ topic }]);
  await Promise.race([running, crashed.promise]);
  await Promise.race([consumer.commitOffsets(places), crashed.promise]);
  // kafkajs says nothing when it was not running any more.
  if (!isStored) throw Object.assign(new Error("the offsets were not stored"), { name: "KafkaJSTimeout" });
}
