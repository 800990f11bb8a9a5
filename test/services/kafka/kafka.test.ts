import { afterAll, beforeAll } from "vitest";
import { eventStreamSuite } from "../../adapters/kafka/event-stream-suite.ts";
import { type Broker, newBroker } from "./broker.ts";
import { collectingSuite } from "./collecting.ts";
import { groupSuite } from "./group.ts";
import { logSuite } from "./log.ts";
import { outageSuite } from "./outages.ts";
import { registrySuite } from "./registry.ts";
import { securitySuite } from "./security.ts";
import { newTopic } from "./topics.ts";
import { transactionSuite } from "./transactions.ts";

// One broker serves all suites, one after the other: some of them stop it.
let broker: Broker;

beforeAll(async () => {
  broker = await newBroker();
  await broker.start();
});

afterAll(() => broker?.remove());

eventStreamSuite("at Apache Kafka", async (partitions) => {
  const topic = await newTopic(broker.address, { partitions });
  return { stream: topic.stream(), send: topic.send, deleteBefore: topic.deleteBefore };
});
groupSuite(() => broker);
outageSuite(() => broker);
collectingSuite(() => broker);
logSuite(() => broker);
transactionSuite(() => broker);
securitySuite(() => broker);
registrySuite(() => broker);
