import type { IncomingMessage } from "node:http";
import { type Model, score } from "./network.ts";
import { BadRequest, inputTensors, OUTPUT_TENSORS, parseInferRequest } from "./oip.ts";

export interface Serving {
  readonly name: string;
  /** Of the bytes this process loaded, computed by itself; never taken from the caller. */
  readonly digest: string;
  readonly model: Model;
  draining: boolean;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

const MAX_BODY_BYTES = 1024 * 1024;
const ok = (body: object): Answer => ({ status: 200, body });
const refuse = (status: number, error: string): Answer => ({ status, body: { error } });

/** Answers one request; never throws. */
export async function answer(serving: Serving, request: IncomingMessage): Promise<Answer> {
  const path = (request.url ?? "/").replace(/\?.*$/, "").replace(/\/$/, "");
  const infers = path.endsWith("/infer");
  if (request.method !== (infers ? "POST" : "GET")) return refuse(405, `Use ${infers ? "POST" : "GET"} for ${path}.`);
  try {
    return (await serverRoute(serving, path)) ?? (await modelRoute(serving, path, request));
  } catch (error) {
    if (error instanceof BadRequest) return refuse(400, error.message);
    console.error(error);
    return refuse(500, "The model failed on this request.");
  }
}

function serverRoute({ draining }: Serving, path: string): Answer | undefined {
  if (path === "/v2") return ok({ name: "birdstrikes", version: "1.0.0", extensions: [] });
  if (path === "/v2/health/live") return ok({ live: true });
  if (path === "/v2/health/ready") return { status: draining ? 503 : 200, body: { ready: !draining } };
  return undefined;
}

async function modelRoute(serving: Serving, path: string, request: IncomingMessage): Promise<Answer> {
  const route = /^\/v2\/models\/(?<name>[^/]+)(?<rest>\/ready|\/infer)?$/.exec(path)?.groups;
  if (route === undefined) return refuse(404, `There is nothing at ${path.slice(0, 200)}.`);
  const { name, digest, draining } = serving;
  if (route["name"] !== encodeURIComponent(name)) return refuse(404, `This process serves only "${name}".`);
  if (route["rest"] === "/ready") return { status: draining ? 503 : 200, body: { name, ready: !draining } };
  return route["rest"] === "/infer" ? infer(serving, request) : ok({ ...metadata(serving), versions: [digest] });
}

function metadata({ name, digest, model }: Serving): object {
  return {
    name,
    platform: "tensorflow_js",
    inputs: inputTensors(model.encoder.features),
    outputs: OUTPUT_TENSORS,
    properties: { "model.digest": digest },
  };
}

async function infer({ name, digest, model }: Serving, request: IncomingMessage): Promise<Answer> {
  const body = await read(request);
  if (body === undefined) return refuse(413, `The body is larger than ${MAX_BODY_BYTES} bytes.`);
  const { rows, ...id } = parseInferRequest(body, model.encoder.features);
  const data = score(model, rows);
  const output = { name: "score", datatype: "FP64", shape: [data.length], data };
  return ok({ model_name: name, model_version: digest, ...id, outputs: [output] });
}

/** The body as text, or undefined when it is over the limit; the rest is then left unread. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
