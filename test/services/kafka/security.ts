import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from "kafkajs";
import { beforeAll, describe, expect, test } from "vitest";
import type { KafkaOptions } from "#adapters/kafka/stream";
import { numbered, readAll, textOf } from "../../adapters/kafka/event-stream-suite.ts";
import { type Broker, quietKafka } from "./broker.ts";
import { USERS } from "./broker-properties.ts";
import { type Authority, newAuthority } from "./certificates.ts";
import { newTopic, type Topic } from "./topics.ts";

const MECHANISMS = ["plain", "scram-sha-256", "scram-sha-512"] as const;

/** Lets someone do these with the topic, and read with the group when there is one. */
async function allow(address: string, principal: string, { topic, group, operations }: Right): Promise<void> {
  const admin = quietKafka(address).admin();
  await admin.connect();
  const common = {
    principal,
    host: "*",
    permissionType: AclPermissionTypes.ALLOW,
    resourcePatternType: ResourcePatternTypes.LITERAL,
  };
  const topicRights = operations.map((operation) => ({
    ...common,
    operation,
    resourceType: AclResourceTypes.TOPIC,
    resourceName: topic,
  }));
  const groupRights =
    group === undefined
      ? []
      : [{ ...common, operation: AclOperationTypes.READ, resourceType: AclResourceTypes.GROUP, resourceName: group }];
  await admin.createAcls({ acl: [...topicRights, ...groupRights] });
  await admin.disconnect();
}

interface Right {
  readonly topic: string;
  readonly group?: string;
  readonly operations: readonly AclOperationTypes[];
}

export function securitySuite(broker: () => Broker): void {
  describe("a secured Apache Kafka", () => {
    let topic: Topic;
    let other: Authority;
    const ca = () => broker().authority.ca;

    beforeAll(async () => {
      other = await newAuthority(broker().folder, "other");
      topic = await newTopic(broker().address);
      await topic.send(numbered(3));
      const right = { topic: topic.name, group: topic.group, operations: [AclOperationTypes.READ] };
      for (const name of ["User:reader", "User:CN=collector"]) await allow(broker().address, name, right);
    });

    const at = (address: string, options: Partial<KafkaOptions>) =>
      topic.stream({ brokers: [address], patienceSeconds: 5, ...options });
    /** What went wrong; undefined when nothing did. */
    const problemOf = (address: string, options: Partial<KafkaOptions>) =>
      readAll(at(address, options)).then(
        () => undefined,
        (error: unknown) => error,
      );
    const login = (password: string, mechanism: (typeof MECHANISMS)[number], username = "reader") => ({
      ssl: { ca: ca() },
      sasl: { mechanism, username, password },
    });

    test("is read over TLS, with a client's certificate and with a password", async () => {
      const { addresses, authority } = broker();
      const collector = await authority.issue("collector");
      const streams = [
        at(addresses.tls, { ssl: { ca: ca() } }),
        at(addresses.mutualTls, { ssl: { ca: ca(), ...collector } }),
        ...MECHANISMS.map((mechanism) => at(addresses.sasl, login(USERS.reader, mechanism))),
      ];
      for (const stream of streams) {
        const { records, offsets } = await readAll(stream);
        expect(records.map(({ key }) => textOf(key))).toEqual(["k0", "k1", "k2"]);
        await stream.commit(offsets);
      }
      expect(await topic.committed()).toEqual({ "0": "3" });
    });

    test("refuses a wrong password with one sentence that does not hold it", async () => {
      for (const mechanism of MECHANISMS) {
        const problem = await problemOf(broker().addresses.sasl, login("not-the-secret", mechanism));
        expect(problem).toMatchObject({
          code: "STREAM_REFUSED",
          problem: expect.stringMatching(/^The broker refused access \(.*(credentials|Invalid username).*\)\.$/),
          message: expect.not.stringContaining("not-the-secret"),
        });
      }
    });

    test("refuses who may not read the topic, or not with that group", async () => {
      const { address, addresses } = broker();
      const ask = () => problemOf(addresses.sasl, login(USERS.stranger, "scram-sha-512", "stranger"));
      expect(await ask()).toMatchObject({ code: "TOPIC_MISSING" });
      const describeIt = { topic: topic.name, operations: [AclOperationTypes.DESCRIBE] };
      await allow(address, "User:stranger", describeIt);
      // kafkajs does not pass on why nobody answers for the group.
      expect(await ask()).toMatchObject({ code: "STREAM_UNAVAILABLE", message: expect.stringContaining(topic.group) });
      await allow(address, "User:stranger", { ...describeIt, group: topic.group });
      expect(await ask()).toMatchObject({ code: "STREAM_REFUSED", message: expect.stringContaining(topic.name) });
    });

    // Each takes some seconds, since a failed connection is tried again.
    test("is not read without trust on both sides, and never in plain text instead", async () => {
      const { addresses, authority } = broker();
      const foreign = await other.issue("collector");
      const trusting = { ssl: { ca: ca() } };
      const byName = addresses.tls.replace("127.0.0.1", "localhost");
      const cases: readonly (readonly [string, Partial<KafkaOptions>, string, string])[] = [
        [addresses.tls, { ssl: { ca: other.ca } }, "STREAM_UNTRUSTED", "is not trusted (self-signed"],
        [addresses.tls, { ssl: true }, "STREAM_UNTRUSTED", "is not trusted (self-signed"],
        [byName, trusting, "STREAM_UNTRUSTED", "does not match certificate's altnames"],
        [addresses.mutualTls, trusting, "STREAM_REFUSED", "refused our side of TLS (alert"],
        [addresses.mutualTls, { ssl: { ca: ca(), ...foreign } }, "STREAM_REFUSED", "refused our side of TLS (alert"],
        [addresses.sasl, login(USERS.reader, "plain"), "", ""],
        [addresses.sasl, trusting, "STREAM_UNAVAILABLE", "closed the connection"],
        [addresses.tls, login(USERS.reader, "plain"), "STREAM_REFUSED", "SASL state"],
        [addresses.plain, trusting, "STREAM_UNAVAILABLE", "before secure TLS connection was established"],
        [addresses.tls, {}, "STREAM_UNAVAILABLE", "speak TLS there"],
        [addresses.sasl, { sasl: login("p", "plain").sasl }, "STREAM_UNAVAILABLE", "speak TLS there"],
      ];
      const problems = await Promise.all(cases.map(([address, options]) => problemOf(address, options)));
      const expected = cases.map(([, , code, part]) =>
        code === "" ? undefined : expect.objectContaining({ code, message: expect.stringContaining(part) }),
      );
      expect(problems).toEqual(expected);
      expect(authority.ca).not.toBe(other.ca);
    });
  });
}
