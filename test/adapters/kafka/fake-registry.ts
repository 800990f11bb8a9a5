import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SchemaRegistry, SchemaType } from "@kafkajs/confluent-schema-registry";
import { onTestFinished } from "vitest";

export interface FakeRegistry {
  readonly url: string;
  /** Every path that was asked for. */
  readonly asked: string[];
  /** Adds an Avro schema, or another kind of schema's text. */
  register(
    schema: unknown,
    more?: { readonly type?: string; readonly references?: readonly unknown[] },
  ): Promise<number>;
  /** A subject that other schemas refer to. */
  subject(name: string, schema: unknown): void;
  /** By the usual package's encoder, so that our reader is checked against another's writer. */
  encode(id: number, value: unknown): Promise<Buffer>;
  /** Answers this status instead, so many times. */
  fail(status: number, times: number): void;
}

/** A fake of the schema registry's HTTP interface, not the real one: two paths and its "not found" code. */
export async function fakeRegistry(): Promise<FakeRegistry> {
  const bodies = new Map<string, unknown>();
  const asked: string[] = [];
  let failing = { status: 0, times: 0 };
  const server = createServer((request, answer) => {
    const path = request.url ?? "";
    asked.push(path);
    const body = bodies.get(path);
    if (failing.times > 0) {
      failing = { ...failing, times: failing.times - 1 };
      return send(answer, failing.status, { error_code: failing.status });
    }
    if (body === undefined) return send(answer, 404, { error_code: 40403, message: "Schema not found" });
    return send(answer, 200, body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let last = 0;
  return {
    url,
    asked,
    register: async (schema, { type = SchemaType.AVRO, references = [] } = {}) => {
      last += 1;
      const schemaType = type === SchemaType.AVRO ? {} : { schemaType: type };
      const text = typeof schema === "string" ? schema : JSON.stringify(schema);
      bodies.set(`/schemas/ids/${last}`, { schema: text, references, ...schemaType });
      return last;
    },
    subject: (name, schema) => bodies.set(`/subjects/${name}/versions/1`, { schema: JSON.stringify(schema) }),
    encode: (id, value) => new SchemaRegistry({ host: url }).encode(id, value),
    fail: (status, times) => {
      failing = { status, times };
    },
  };
}

function send(answer: ServerResponse, status: number, body: unknown): void {
  answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
