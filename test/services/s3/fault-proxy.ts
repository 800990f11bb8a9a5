import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { onTestFinished } from "vitest";

/** What happens to one request instead of the plain way to the server. */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly code: string; readonly retryAfter?: string }
  /** The right head, and the body up to here. */
  | { readonly kind: "cut"; readonly bytes: number }
  | { readonly kind: "header"; readonly name: string; readonly value: string }
  /** The first byte of the answer is another. */
  | { readonly kind: "flip" }
  /** The server does its work and the answer is lost. */
  | { readonly kind: "lost" };

/** Looks at a request and how many of its kind (method and query's names) came before. */
export type FaultAt = (request: IncomingMessage, earlier: number) => Fault | undefined;

export interface FaultProxy {
  readonly endpoint: string;
  /** Method, path and query of what came. */
  readonly seen: readonly string[];
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Stands between our client and a server for one test. It passes the Host header on, because that is signed. */
export async function faultProxy(target: string, faultAt: FaultAt, tls?: Certificate): Promise<FaultProxy> {
  const seen: string[] = [];
  const earlier = new Map<string, number>();
  const handle = (incoming: IncomingMessage, response: ServerResponse) => {
    const url = new URL(incoming.url ?? "/", target);
    const kind = `${incoming.method} ${[...url.searchParams.keys()].sort().join()}`;
    const before = earlier.get(kind) ?? 0;
    earlier.set(kind, before + 1);
    seen.push(`${incoming.method} ${incoming.url}`);
    forward({ incoming, response, target }, faultAt(incoming, before));
  };
  const server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return { endpoint: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`, seen };
}

interface Passing {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: string;
}

function forward({ incoming, response, target }: Passing, fault: Fault | undefined): void {
  if (fault?.kind === "status") {
    incoming.resume().on("end", () => {
      const headers = fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter };
      response.writeHead(fault.status, headers).end(`<Error><Code>${fault.code}</Code></Error>`);
    });
    return;
  }
  const { hostname, port } = new URL(target);
  const { expect: _, ...headers } = incoming.headers;
  const options = { hostname, port, method: incoming.method, path: incoming.url, headers, agent: false } as const;
  const outgoing = request(options, (answer) => void giveBack(answer, response, fault));
  outgoing.on("error", () => response.destroy());
  incoming.pipe(outgoing);
}

async function giveBack(answer: IncomingMessage, response: ServerResponse, fault: Fault | undefined): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const headers = { ...answer.headers };
  if (fault?.kind === "lost") {
    response.destroy();
    return;
  }
  if (fault?.kind === "flip") body[0] = (body[0] ?? 0) ^ 1;
  // Closed at once, so that no one waits for bytes a false length announces.
  if (fault?.kind === "header") Object.assign(headers, { [fault.name]: fault.value, connection: "close" });
  response.writeHead(answer.statusCode ?? 502, headers);
  if (fault?.kind !== "cut") response.end(body);
  else response.write(body.subarray(0, fault.bytes), () => response.destroy());
}
