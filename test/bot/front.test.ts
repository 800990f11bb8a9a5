import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { headersOf, post, secret, sign, withFront } from "./support/parts.ts";

const body = JSON.stringify({ zen: "Half measures are as bad as nothing at all." });

/** Sends raw bytes piece by piece and answers what came back until the server closed. */
function raw(url: string, pieces: AsyncIterable<string> | Iterable<string>): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let answer = "";
    socket.on("data", (bytes) => {
      answer += bytes.toString();
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", () => undefined);
    void (async () => {
      for await (const piece of pieces) if (!socket.destroyed) socket.write(piece);
    })();
  });
}

const head = (lines: Record<string, string>): string => {
  const all = { host: "bot", ...headersOf(body), ...lines };
  const text = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /api/github/webhooks HTTP/1.1\r\n${text.join("")}\r\n`;
};

test("accepts a signed delivery with 202 and hands it over", async () => {
  const { url, accepted } = await withFront();
  const answer = await post(url, body, headersOf(body, { "x-github-delivery": "guid-1", "x-github-event": "push" }));
  expect([answer.status, await answer.text()]).toEqual([202, "accepted\n"]);
  expect(accepted).toEqual([{ id: "guid-1", event: "push", body, payload: JSON.parse(body) }]);
});

test("says seen for a delivery the journal knows", async () => {
  const { url } = await withFront({ accept: () => "seen" });
  const answer = await post(url, body);
  expect([answer.status, await answer.text()]).toEqual([202, "seen\n"]);
});

test("refuses a body that is too large by its Content-Length, before it arrives (F-31)", async () => {
  const { url, accepted } = await withFront();
  const answer = await raw(url, [head({ "content-length": String(25 * 1024 * 1024 + 1) })]);
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
  expect(accepted).toEqual([]);
});

test("refuses a body that is too large by count when no length is given (F-31)", async () => {
  const { url, accepted } = await withFront({ maxBytes: 1000 });
  const chunk = `${(400).toString(16)}\r\n${"x".repeat(400)}\r\n`;
  const answer = await raw(url, [head({ "transfer-encoding": "chunked" }), chunk, chunk, chunk]);
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
  expect(accepted).toEqual([]);
});

test("turns senders away while others fill the memory", async () => {
  const { url } = await withFront({ maxBytesTogether: 1000 });
  const large = JSON.stringify({ text: "x".repeat(2000) });
  const answer = await post(url, large);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "60"]);
  expect((await post(url, body)).status).toBe(202);
});

test("cuts off a sender who dribbles the body", async () => {
  const { url, accepted } = await withFront({ headerSeconds: 0.2, requestSeconds: 0.4 });
  const answer = await raw(url, [head({ "content-length": "100" }), "{"]);
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  expect(accepted).toEqual([]);
});

test("cuts off a sender who dribbles the head", async () => {
  const { url } = await withFront({ headerSeconds: 0.2, requestSeconds: 0.4 });
  expect(await raw(url, ["POST /api/github/webhooks HTTP/1.1\r\nx-slow: "])).toMatch(/^HTTP\/1.1 408 /);
});

const sha1 = `sha1=${createHmac("sha1", secret).update(body).digest("hex")}`;

test.each([
  ["no signature", { "x-hub-signature-256": "" }, 400],
  ["only the old signature", { "x-hub-signature-256": "", "x-hub-signature": sha1 }, 400],
  ["the old signature in the new header", { "x-hub-signature-256": sha1 }, 401],
  ["a signature of wrong length", { "x-hub-signature-256": sign(body).slice(0, -1) }, 401],
  ["a signature that is no hex", { "x-hub-signature-256": `sha256=${"z".repeat(64)}` }, 401],
  ["a signature of another secret", { "x-hub-signature-256": sign(body, "another") }, 401],
  ["a signature of another body", { "x-hub-signature-256": sign(`${body} `) }, 401],
  ["no delivery id", { "x-github-delivery": "" }, 400],
  ["a delivery id with a line of its own", { "x-github-delivery": "a b" }, 400],
  ["no event", { "x-github-event": "" }, 400],
  ["another content type", { "content-type": "application/x-www-form-urlencoded" }, 415],
])("refuses a delivery with %s (F-35)", async (_, change, status) => {
  const { url, accepted } = await withFront();
  expect((await post(url, body, headersOf(body, change))).status).toBe(status);
  expect(accepted).toEqual([]);
});

test("accepts the new secret and the previous one", async () => {
  const { url } = await withFront({ secrets: ["new".repeat(12), secret] });
  const signed = (by: string) => post(url, body, headersOf(body, { "x-hub-signature-256": sign(body, by) }));
  expect((await signed("new".repeat(12))).status).toBe(202);
  expect((await signed(secret)).status).toBe(202);
  expect((await signed("older".repeat(8))).status).toBe(401);
});

test.each(["{", "", "null", "[]", '"text"', "1"])(
  "refuses the signed body %j and takes the next one (F-33)",
  async (wrong) => {
    const { url, accepted } = await withFront();
    expect((await post(url, wrong)).status).toBe(400);
    expect((await post(url, body)).status).toBe(202);
    expect(accepted).toHaveLength(1);
  },
);

test("survives a body nested two hundred thousand deep", async () => {
  const { url } = await withFront();
  const deep = `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  expect([202, 400]).toContain((await post(url, deep)).status);
  expect((await post(url, body)).status).toBe(202);
});

test("answers 503 when the journal refuses, never 202", async () => {
  const { url } = await withFront({
    accept: () => {
      throw new Error("database or disk is full");
    },
  });
  expect((await post(url, body)).status).toBe(503);
});

test("serves nothing but the webhook and three small pages", async () => {
  let ready = false;
  const { url } = await withFront({ isReady: () => ready });
  const status = async (path: string, method = "GET") => (await fetch(url + path, { method })).status;
  expect(await status("/health")).toBe(200);
  expect(await status("/ping")).toBe(200);
  expect(await status("/ready")).toBe(503);
  ready = true;
  expect(await status("/ready")).toBe(200);
  expect(await status("/api/github/webhooks")).toBe(405);
  expect(await status("/probot")).toBe(404);
  expect(await status("/", "POST")).toBe(404);
});

test("says in one sentence that the port is taken", async () => {
  const { url } = await withFront();
  await expect(withFront({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: "PORT_TAKEN" });
});
