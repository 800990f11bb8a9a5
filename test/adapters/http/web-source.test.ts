import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Patience, WebOptions } from "#adapters/http/web-options";
import { webSource } from "#adapters/http/web-source";
import { digestOf } from "#core/digest";
import { loopback } from "#test/support/loopback";
import { temporaryFolder } from "#test/support/temporary-folder";

const TABLE = "a,b\n1,2\n";
const SECRET = "what-nobody-may-see";
const patience: Patience = { connectSeconds: 2, idleSeconds: 2, attempts: 3, pause: async () => undefined };

/** Gets one address as a file; says how it ended and what lies in the folder then. */
async function get(address: string, more: Partial<WebOptions> & { readonly maxBytes?: number } = {}) {
  const { maxBytes = 1_000_000, ...options } = more;
  const folder = await temporaryFolder();
  const allowHosts = [new URL(address).host];
  const end = await Promise.resolve()
    .then(async () => {
      const source = webSource([address], { allowHosts, maxSeconds: 10, patience, ...options });
      const [name = ""] = await source.list();
      return source.copy(name, join(folder, "deep", "copy"), maxBytes);
    })
    .catch((error: unknown) => error);
  const left = await readdir(folder, { recursive: true });
  return { end, left: left.filter((name) => name !== "deep"), file: join(folder, "deep", "copy") };
}

/** A server that says bytes and not messages. */
async function raw(answer: (socket: Socket, connection: number) => void): Promise<string> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    connections += 1;
    const number = connections;
    socket.once("data", () => answer(socket, number));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.csv`;
}

const text = (body: string) => (_: IncomingMessage, response: ServerResponse) => void response.end(body);

describe("a file of the web", () => {
  test("is copied, and its size and digest are of what came", async () => {
    const server = await loopback(text(TABLE));
    const { end, left, file } = await get(`${server}/data/a.csv`);
    expect(end).toEqual({ size: TABLE.length, digest: digestOf(TABLE) });
    expect(left).toEqual(["deep/copy"]);
    expect(await readFile(file, "utf8")).toBe(TABLE);
  });

  test("has a name without the query, which may hold a secret", async () => {
    const seen: string[] = [];
    const server = await loopback(({ url }, response) => {
      seen.push(url ?? "");
      response.end(TABLE);
    });
    const address = `${server}/a.csv?signature=${SECRET}`;
    const source = webSource([address], { allowHosts: [new URL(server).host], maxSeconds: 5 });
    expect(await source.list()).toEqual([`${server}/a.csv`]);
    await source.copy(`${server}/a.csv`, join(await temporaryFolder(), "copy"), 100);
    expect(seen).toEqual([`/a.csv?signature=${SECRET}`]);
    expect(() =>
      webSource([address, `${server}/a.csv?b`], { allowHosts: [new URL(server).host], maxSeconds: 5 }),
    ).toThrow(expect.objectContaining({ code: "SOURCE_REFUSED", message: expect.not.stringContaining(SECRET) }));
  });

  test.each([
    [404, "SOURCE_MISSING"],
    [401, "SOURCE_REFUSED"],
    [403, "SOURCE_REFUSED"],
    [206, "SOURCE_REFUSED"],
    [204, "SOURCE_REFUSED"],
    [500, "SOURCE_UNAVAILABLE"],
    [503, "SOURCE_UNAVAILABLE"],
  ])("F-23 status %i is told without a word of the body", async (status, code) => {
    const server = await loopback((_, response) => void response.writeHead(status).end(status === 204 ? "" : SECRET));
    const { end, left } = await get(`${server}/a.csv`);
    expect(end).toMatchObject({ code });
    expect(JSON.stringify(end) + String(end)).not.toContain(SECRET);
    expect(left).toEqual([]);
  });

  test("is had after two bad answers", async () => {
    let asked = 0;
    const server = await loopback((_, response) => {
      asked += 1;
      if (asked < 3) response.writeHead(503).end();
      else response.end(TABLE);
    });
    expect((await get(`${server}/a.csv`)).end).toMatchObject({ digest: digestOf(TABLE) });
  });

  test("of a server that is not there is unavailable", async () => {
    const { end, left } = await get("http://127.0.0.1:9/a.csv");
    expect(end).toMatchObject({ code: "SOURCE_UNAVAILABLE" });
    expect(left).toEqual([]);
  });
});

describe("F-23 hosts that nobody allowed", () => {
  test("a private address is refused before anything is sent to it", async () => {
    let asked = 0;
    const server = await loopback((_, response) => {
      asked += 1;
      response.end(TABLE);
    });
    const port = new URL(server).port;
    const resolve: WebOptions["resolve"] = (_host, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]);
    for (const address of [
      `https://127.0.0.1:${port}/`,
      `https://name.example:${port}/`,
      `http://127.0.0.1:${port}/`,
    ]) {
      const { end, left } = await get(address, { allowHosts: [], resolve });
      expect(end).toMatchObject({ code: "SOURCE_REFUSED" });
      expect(left).toEqual([]);
    }
    expect(asked).toBe(0);
  });

  test("localhost is one of them", async () => {
    expect((await get("https://localhost:1/a.csv", { allowHosts: [] })).end).toMatchObject({
      code: "SOURCE_REFUSED",
      problem: expect.stringContaining("private address"),
    });
  });
});

describe("F-74 redirects", () => {
  const redirecting = (to: (url: string) => string | undefined) =>
    loopback((request, response) => {
      const location = to(request.url ?? "");
      if (location === undefined) response.end(TABLE);
      else response.writeHead(302, { location }).end(SECRET);
    });

  test("within the host are followed", async () => {
    const server = await redirecting((url) => (url === "/a.csv" ? "/b" : url === "/b" ? "c?d" : undefined));
    expect((await get(`${server}/a.csv`)).end).toMatchObject({ digest: digestOf(TABLE) });
  });

  test("to another server are not, be it on the same machine or allowed too", async () => {
    let asked = 0;
    const other = await loopback((_, response) => {
      asked += 1;
      response.end(TABLE);
    });
    for (const location of [
      `${other}/a.csv`,
      "http://169.254.169.254/latest/meta-data/",
      "https://example.com/a.csv",
      "//example.com/",
      "file:///etc/passwd",
      "http://[",
      "",
    ]) {
      const server = await redirecting(() => location);
      const allowHosts = [new URL(server).host, new URL(other).host];
      const { end, left } = await get(`${server}/a.csv`, location === "" ? {} : { allowHosts });
      expect(end, location).toMatchObject({ code: "SOURCE_REFUSED" });
      expect(String(end)).not.toContain(SECRET);
      expect(left).toEqual([]);
    }
    expect(asked).toBe(0);
  });

  test("with a user in the address are not", async () => {
    const server = await loopback((request, response) => {
      if (request.url !== "/a.csv") return void response.end(TABLE);
      response.writeHead(302, { location: `http://user:${SECRET}@${request.headers.host}/b.csv` }).end();
    });
    const { end } = await get(`${server}/a.csv`);
    expect(end).toMatchObject({ code: "SOURCE_REFUSED", problem: expect.stringContaining("a user or a password") });
    expect(String(end)).not.toContain(SECRET);
  });

  test("in a circle end", async () => {
    let asked = 0;
    const server = await redirecting(() => {
      asked += 1;
      return "/a.csv";
    });
    expect((await get(`${server}/a.csv`)).end).toMatchObject({
      code: "SOURCE_REFUSED",
      problem: expect.stringContaining("more than 5 times"),
    });
    expect(asked).toBe(6);
  });
});

describe("a token", () => {
  test("goes to the first source's host, along its redirects, and to no other", async () => {
    const seen: string[] = [];
    const note = (request: IncomingMessage) => seen.push(`${request.url} ${request.headers.authorization ?? "none"}`);
    const first = await loopback((request, response) => {
      note(request);
      if (request.url === "/a.csv") response.writeHead(307, { location: "/b.csv" }).end();
      else response.end(TABLE);
    });
    const second = await loopback((request, response) => {
      note(request);
      response.end(TABLE);
    });
    const allowHosts = [first, second].map((server) => new URL(server).host);
    const source = webSource([`${first}/a.csv`, `${second}/c.csv`], { allowHosts, maxSeconds: 5, token: "t0ken" });
    for (const name of [`${first}/a.csv`, `${second}/c.csv`]) {
      await source.copy(name, join(await temporaryFolder(), "copy"), 100);
    }
    expect(seen).toEqual(["/a.csv Bearer t0ken", "/b.csv Bearer t0ken", "/c.csv none"]);
  });
});

describe("bodies that are not what they should be", () => {
  const head = "HTTP/1.1 200 OK\r\nconnection: close\r\n";

  test("F-12 a body that ends early under its right length is asked for again, then given up", async () => {
    let connections = 0;
    const cut = await raw((socket, number) => {
      connections = number;
      socket.end(`${head}content-length: 100\r\n\r\n${"x".repeat(50)}`);
    });
    const { end, left } = await get(cut);
    expect(end).toMatchObject({ code: "SOURCE_UNAVAILABLE" });
    expect(left).toEqual([]);
    expect(connections).toBe(3);
    const mended = await raw((socket, number) => {
      socket.end(`${head}content-length: ${TABLE.length}\r\n\r\n${number === 1 ? "x" : TABLE}`);
    });
    expect((await get(mended)).end).toEqual({ size: TABLE.length, digest: digestOf(TABLE) });
  });

  test("F-12 chunks without their end are a cut body", async () => {
    const { end, left } = await get(
      await raw((socket) => void socket.end(`${head}transfer-encoding: chunked\r\n\r\n4\r\na,b\n\r\n`)),
    );
    expect(end).toMatchObject({ code: "SOURCE_UNAVAILABLE" });
    expect(left).toEqual([]);
  });

  test.each([
    ["two lengths", "content-length: 4\r\ncontent-length: 5\r\n\r\na,b\n1"],
    ["a length and chunks", "content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n4\r\na,b\n\r\n0\r\n\r\n"],
    ["a length that is none", "content-length: -4\r\n\r\na,b\n"],
    ["a length that is too short", "content-length: 4\r\n\r\na,b\n1,2\n"],
    ["no message at all", "\0\0\0"],
  ])("F-12 %s is refused", async (_, rest) => {
    const { end, left } = await get(await raw((socket) => void socket.end(head + rest)));
    expect(end).toMatchObject({ code: "SOURCE_UNAVAILABLE" });
    expect(left).toEqual([]);
  });

  test("F-74 ten gigabytes in chunks are stopped at the cap", async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024, "1,2\n");
    const server = await loopback((_, response) => {
      const more = () => {
        while (sent < 10 * 1024 ** 3 && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
        response.end();
      };
      more();
    });
    const { end, left } = await get(`${server}/a.csv`, { maxBytes: 1_000_000 });
    expect(end).toMatchObject({ code: "TOO_LARGE" });
    expect(left).toEqual([]);
    expect(sent).toBeLessThan(200_000_000);
  });

  test("F-74 a length above the cap is refused before the body comes", async () => {
    const { end, left } = await get(
      await raw((socket) => void socket.write(`${head}content-length: 10000000000\r\n\r\n`)),
    );
    expect(end).toMatchObject({ code: "TOO_LARGE" });
    expect(left).toEqual([]);
  });

  test("F-74 a slow drip is stopped by the time for all of it", async () => {
    const dripping = await raw((socket) => {
      socket.write(`${head}content-length: 1000\r\n\r\n`);
      const timer = setInterval(() => socket.write("x"), 50);
      socket.once("close", () => clearInterval(timer));
    });
    const { end, left } = await get(dripping, { maxSeconds: 1 });
    expect(end).toMatchObject({
      code: "SOURCE_UNAVAILABLE",
      problem: expect.stringContaining("not finished after 1 s"),
    });
    expect(left).toEqual([]);
  });

  test("F-74 a slow drip of the head is stopped too, and so is silence", async () => {
    const dripping = await raw((socket) => {
      socket.write(`${head}x-slow: `);
      const timer = setInterval(() => socket.write("x"), 50);
      socket.once("close", () => clearInterval(timer));
    });
    expect((await get(dripping, { maxSeconds: 1 })).end).toMatchObject({
      problem: expect.stringContaining("not finished after 1 s"),
    });
    const silent = await raw(() => undefined);
    const hasty = { ...patience, idleSeconds: 0.2, attempts: 1 };
    expect((await get(silent, { patience: hasty })).end).toMatchObject({
      problem: expect.stringContaining("silent for 0.2 s"),
    });
  });
});
