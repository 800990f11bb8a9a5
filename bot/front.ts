import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { UserError } from "#core/errors";
import { type Answer, answerTo, type WebhookDoor } from "./webhook-door.ts";

// We serve webhooks ourselves: Probot's own server reads a body of any size before it checks the signature, answers
// only after the handlers ended, and knows neither journal nor drain.

export interface FrontOptions extends WebhookDoor {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly headerSeconds: number;
  /** For head and body together. */
  readonly requestSeconds: number;
  /** False while the bot starts or stops. */
  readonly isReady: () => boolean;
}

export interface Front {
  readonly url: string;
  /** Accepts nothing more; resolves when the requests under way are answered, or cut off after 2 s. */
  close(): Promise<void>;
}

export const WEBHOOK_PATH = "/api/github/webhooks";

const CLOSE_MILLISECONDS = 2000;

export const frontDefaults = {
  headerSeconds: 10,
  requestSeconds: 30,
  // GitHub sends no payload over 25 MB.
  maxBytes: 25 * 1024 * 1024,
  maxBytesTogether: 100 * 1024 * 1024,
} as const;

/** @throws UserError PORT_TAKEN */
export async function openFront(options: FrontOptions): Promise<Front> {
  const answer = answerTo(options);
  const server = createServer(
    {
      headersTimeout: options.headerSeconds * 1000,
      requestTimeout: options.requestSeconds * 1000,
      // How often Node looks for late ones; its default is 30 s.
      connectionsCheckingInterval: Math.min(1000, options.headerSeconds * 250),
      keepAliveTimeout: 5000,
    },
    (request, response) => void serve(request, response, { options, answer }),
  );
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return { url: `http://${host}:${port}`, close: () => close(server) };
}

interface Service {
  readonly options: FrontOptions;
  readonly answer: (request: IncomingMessage) => Promise<Answer | undefined>;
}

async function serve(request: IncomingMessage, response: ServerResponse, service: Service): Promise<void> {
  const reply = await replyTo(request, service);
  if (reply === undefined || response.destroyed) return;
  const { status, text, headers } = reply;
  // What was refused before it was read is not read any more.
  const last = request.complete ? {} : { connection: "close" };
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...last, ...headers });
  response.end(`${text}\n`);
}

async function replyTo(request: IncomingMessage, { options, answer }: Service): Promise<Answer | undefined> {
  const path = (request.url ?? "").split("?")[0];
  if (path === WEBHOOK_PATH) {
    if (request.method !== "POST") return { status: 405, text: "POST only", headers: { allow: "POST" } };
    return answer(request);
  }
  if (request.method !== "GET") return { status: 404, text: "Nothing here" };
  if (path === "/health") return { status: 200, text: "alive" };
  if (path === "/ping") return { status: 200, text: "PONG" };
  if (path === "/ready") return options.isReady() ? { status: 200, text: "ready" } : { status: 503, text: "not ready" };
  return { status: 404, text: "Nothing here" };
}

function listen(server: Server, { host, port }: FrontOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void =>
      reject(
        new UserError(
          "PORT_TAKEN",
          `The bot cannot listen on ${host}:${port}: ${error.code ?? error.message}.`,
          "Set HOST and PORT to an address of this machine that is free.",
          { cause: error },
        ),
      );
    server.once("error", refuse);
    server.listen(port, host, () => {
      server.off("error", refuse);
      resolve();
    });
  });
}

/** A sender cut off here is told in GitHub's log and asked for again by the backfill. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_MILLISECONDS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
