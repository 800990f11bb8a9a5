import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { SchemaType } from "@kafkajs/confluent-schema-registry";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registryDecoder } from "#adapters/kafka/decoder";
import { newRegistry, type Registry } from "./apicurio.ts";
import type { Broker } from "./broker.ts";
import { collect, linesOf, recordIn, workFolder } from "./collected.ts";
import { newTopic } from "./topics.ts";

type Field = { readonly name: string; readonly type: unknown; readonly default?: unknown };
type Reference = { readonly name: string; readonly subject: string; readonly version: number };

const USER: Field = { name: "user", type: "string" };
const N: Field = { name: "n", type: "long" };

export function registrySuite(broker: () => Broker): void {
  describe("F-11 values of a real schema registry", () => {
    let registry: Registry;

    beforeAll(async () => {
      registry = await newRegistry(broker().address);
      await registry.start();
    });

    afterAll(() => registry?.remove());

    const register = async (subject: string, fields: readonly Field[], references: Reference[] = []) => {
      const schema = JSON.stringify({ type: "record", name: "Click", namespace: "shop", fields });
      return (await registry.client.register({ type: SchemaType.AVRO, schema, references }, { subject })).id;
    };
    const decoder = (options = {}) =>
      registryDecoder({ url: registry.url, auth: registry.auth, retries: 1, ...options });
    const collected = async (topic: Awaited<ReturnType<typeof newTopic>>, folder: string) => {
      await collect(topic, folder, { decoder: decoder() });
      const record = await recordIn(folder);
      if (record === undefined) throw new Error("no record was written");
      return { record, lines: await linesOf(folder, record) };
    };

    test("two versions of a schema end in one snapshot, empty where the old one had nothing", async () => {
      const topic = await newTopic(broker().address);
      const subject = `${topic.name}-value`;
      const first = await register(subject, [USER, N]);
      const second = await register(subject, [USER, { name: "source", type: "string", default: "web" }, N]);
      await expect(register(subject, [USER, { name: "n", type: "boolean" }])).rejects.toThrow(/incompatible/i);
      const pack = (id: number, value: unknown) => registry.client.encode(id, value);
      await topic.send([
        { key: "a", value: await pack(first, { user: "a", n: 1 }) },
        { key: "b", value: await pack(second, { user: "b", n: 2, source: "app" }) },
        { key: "c", value: await pack(first, { user: "c", n: 2 ** 40 }) },
      ]);
      const { record, lines } = await collected(topic, await workFolder());
      expect(lines).toEqual(["n,source,user", "1,,a", "2,app,b", "1099511627776,,c"]);
      expect(record).toMatchObject({ messages: 3, rows: 3, poison: { count: 0 } });
      expect(first).not.toBe(second);
    });

    test("types of another subject are found", async () => {
      const topic = await newTopic(broker().address);
      await register(`${topic.name}-click`, [USER]);
      const references = [{ name: "shop.Click", subject: `${topic.name}-click`, version: 1 }];
      const schema = { type: "record", name: "Visit", namespace: "shop", fields: [{ name: "by", type: "Click" }] };
      const { id } = await registry.client.register(
        { type: SchemaType.AVRO, schema: JSON.stringify(schema), references },
        { subject: `${topic.name}-value` },
      );
      await topic.send([{ key: "a", value: await registry.client.encode(id, { by: { user: "a" } }) }]);
      expect((await collected(topic, await workFolder())).lines).toEqual(["by.user", "a"]);
    });

    test("an unknown schema, another kind of schema and damaged bytes are counted, and the rest is kept", async () => {
      const topic = await newTopic(broker().address);
      const id = await register(`${topic.name}-value`, [USER]);
      const proto = await registry.client.register(
        { type: SchemaType.PROTOBUF, schema: 'syntax = "proto3"; message Click { string user = 1; }' },
        { subject: `${topic.name}-proto` },
      );
      const wire = (schema: number, ...rest: readonly number[]) => Buffer.from([0, 0, 0, 0, schema, ...rest]);
      await topic.send([
        { key: "a", value: await registry.client.encode(id, { user: "a" }) },
        { key: "b", value: wire(250, 2, 0x62) },
        { key: "c", value: wire(proto.id, 10, 1, 0x63) },
        { key: "d", value: wire(id, 20, 0x64) },
      ]);
      const { record, lines } = await collected(topic, await workFolder());
      expect(lines).toEqual(["user", "a"]);
      expect(record.poison).toMatchObject({
        count: 3,
        reasons: { UNKNOWN_SCHEMA: 1, UNSUPPORTED_SCHEMA: 1, BAD_BYTES: 1 },
      });
      expect(await topic.committed()).toEqual({ "0": "4" });
    });

    test("a wrong password is refused and shown to nobody; one in the address works", async () => {
      const topic = await newTopic(broker().address);
      const id = await register(`${topic.name}-value`, [USER]);
      const value = await registry.client.encode(id, { user: "a" });
      const { username, password } = registry.auth;
      const refused = { code: "REGISTRY_REFUSED", message: expect.not.stringContaining("not-it") };
      for (const auth of [{ username, password: "not-it" }, { token: "not-it" }, undefined]) {
        await expect(decoder({ auth }).decode(value)).rejects.toMatchObject(refused);
      }
      const withUser = (secret: string) =>
        decoder({
          auth: undefined,
          url: registry.url.replace("//", `//${username}:${encodeURIComponent(secret)}@`),
        });
      expect(await withUser(password).decode(value)).toEqual({ kind: "value", value: { user: "a" } });
      await expect(withUser("not-it").decode(value)).rejects.toMatchObject(refused);
      expect(withUser("not-it").description).toBe(`the schema registry at ${registry.url}`);
    });

    test("a registry that is away stops the collector, which stores and commits nothing", async () => {
      const topic = await newTopic(broker().address);
      const id = await register(`${topic.name}-value`, [USER]);
      await topic.send([{ key: "a", value: await registry.client.encode(id, { user: "a" }) }]);
      const folder = await workFolder();
      await registry.stop();
      await expect(collect(topic, folder, { decoder: decoder() })).rejects.toMatchObject({
        code: "REGISTRY_UNAVAILABLE",
        message: expect.stringContaining("ECONNREFUSED"),
      });
      expect(await topic.committed()).toEqual({ "0": "-1" });
      expect(await readdir(join(folder, "records"))).toEqual([]);
      expect(await readdir(join(folder, "store")).catch(() => [])).toEqual([]);
      await registry.start();
      expect((await collected(topic, folder)).lines).toEqual(["user", "a"]);
      expect(await topic.committed()).toEqual({ "0": "1" });
    });
  });
}
