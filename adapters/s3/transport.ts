import { readFileSync } from "node:fs";
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { getCACertificates } from "node:tls";
import { UserError } from "#core/errors";
import { publicLookup } from "./addresses.ts";
import { type Limits, secondsFor } from "./surroundings.ts";

export interface Body {
  readonly size: number;
  /** Hex SHA-256 of the bytes. */
  readonly sha256: string;
  /** The bytes, from the start again for each attempt. */
  readonly open: () => Readable;
}

export interface Exchange {
  readonly method: string;
  /** Its path and query are sent as they are written. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Body | undefined;
}

/** Sends one request and follows no redirect. The answer's body must be read to its end or destroyed. */
export type Transport = (exchange: Exchange) => Promise<IncomingMessage>;

export interface TransportOptions {
  readonly limits: Limits;
  readonly mayReachPrivate: boolean;
  /** PEM file of further authorities, beside those of Node and NODE_EXTRA_CA_CERTS. */
  readonly caFile?: string | undefined;
}

const SOCKETS = 8;
/** Bodies above this are sent only once the server has looked at the head, so that a refusal costs no upload. */
const ASK_FIRST_BYTES = 1024 * 1024;
/** RFC 9110 §10.1.1: a server or proxy that knows no 100-continue is not waited for. */
const CONTINUE_MILLISECONDS = 2_000;

export function nodeTransport({ limits, mayReachPrivate, caFile }: TransportOptions): Transport {
  const lookup = mayReachPrivate ? {} : { lookup: publicLookup };
  const common = { keepAlive: true, maxSockets: SOCKETS, ...lookup };
  const ca = caFile === undefined ? {} : { ca: [...getCACertificates("default"), readAuthorities(caFile)] };
  const agents = { "http:": new HttpAgent(common), "https:": new HttpsAgent({ ...common, ...ca }) };
  return async (exchange) => {
    const isPlain = exchange.url.protocol === "http:";
    const request = (isPlain ? requestHttp : requestHttps)({
      agent: isPlain ? agents["http:"] : agents["https:"],
      method: exchange.method,
      protocol: exchange.url.protocol,
      hostname: exchange.url.hostname.replace(/^\[|\]$/g, ""),
      port: exchange.url.port,
      path: exchange.url.pathname + exchange.url.search,
      headers: { ...exchange.headers, host: exchange.url.host, ...lengthOf(exchange) },
    });
    limitTime(request, exchange.body?.size ?? 0, limits);
    return await answerTo(request, exchange.body);
  };
}

function readAuthorities(file: string): string {
  try {
    const text = readFileSync(file, "utf8");
    if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  } catch (error) {
    const problem = `The file "${file}" with the certificate authority cannot be read.`;
    throw new UserError("FILE_MISSING", problem, "Check the path.", { cause: error });
  }
  throw new UserError("STORE_REFUSED", `The file "${file}" holds no certificate.`, "Give a file in PEM format.");
}

function lengthOf({ method, body }: Exchange): Record<string, string> {
  if (body === undefined) return method === "GET" || method === "HEAD" ? {} : { "content-length": "0" };
  const asking = body.size > ASK_FIRST_BYTES ? { expect: "100-continue" } : {};
  return { "content-length": String(body.size), ...asking };
}

export class TimeoutError extends Error {}

function limitTime(request: ClientRequest, bytes: number, limits: Limits): void {
  const end = (what: string, seconds: number) => () => request.destroy(new TimeoutError(`${what} for ${seconds} s`));
  const within = (what: string, seconds: number) => setTimeout(end(what, Math.ceil(seconds)), seconds * 1_000);
  let whole = within("not finished", secondsFor(bytes, limits));
  const connecting = within("no connection", limits.connectSeconds);
  request.setTimeout(limits.idleSeconds * 1_000, end("silent", limits.idleSeconds));
  request.once("socket", (socket) => {
    const ready = () => clearTimeout(connecting);
    if (!socket.connecting) ready();
    else socket.once("encrypted" in socket ? "secureConnect" : "connect", ready);
  });
  request.once("response", (answer) => {
    clearTimeout(whole);
    whole = within("not finished", secondsFor(Number(answer.headers["content-length"] ?? 0), limits));
  });
  request.once("close", () => {
    clearTimeout(whole);
    clearTimeout(connecting);
  });
}

/** A server may answer, and close, before it has taken the whole body: its answer then counts, not the broken pipe. */
async function answerTo(request: ClientRequest, body: Body | undefined): Promise<IncomingMessage> {
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once("response", resolve);
    request.on("error", reject);
  });
  if (body === undefined) request.end();
  else void sendBody(request, body, answered);
  return await answered;
}

async function sendBody(request: ClientRequest, body: Body, answered: Promise<IncomingMessage>): Promise<void> {
  try {
    if (body.size > ASK_FIRST_BYTES && !(await mayGoOn(request, answered))) return;
    await pipeline(body.open(), request);
  } catch (error) {
    // The pipeline has destroyed the request; when the file could not be read, that is the error to tell.
    request.destroy(error instanceof Error ? error : undefined);
  }
}

/** @returns false when the server has answered for good */
async function mayGoOn(request: ClientRequest, answered: Promise<IncomingMessage>): Promise<boolean> {
  request.flushHeaders();
  let timer: NodeJS.Timeout | undefined;
  const go = new Promise<boolean>((resolve) => {
    request.once("continue", () => resolve(true));
    timer = setTimeout(() => resolve(true), CONTINUE_MILLISECONDS);
  });
  try {
    return await Promise.race([go, answered.then(() => false)]);
  } finally {
    clearTimeout(timer);
  }
}
