import type { IncomingMessage } from "node:http";
import { header, readText } from "./answer.ts";
import type { Credentials } from "./credentials.ts";
import { type Location, locate, type S3Place } from "./place.ts";
import { type Attempt, explained, isBusy, S3Failure } from "./problems.ts";
import { retrying, Transient } from "./retry.ts";
import { type S3Request, sign } from "./signing.ts";
import { realSurroundings, type Surroundings } from "./surroundings.ts";
import { nodeTransport } from "./transport.ts";
import { brokenAnswer, failedToAnswer } from "./unanswered.ts";
import { childText, parseXml, type XmlElement } from "./xml.ts";

export interface S3Options extends S3Place {
  /** PEM file of the authority that signed the server's certificate. */
  readonly caFile?: string | undefined;
  readonly credentials: Credentials;
}

/** Reads an answer to its end. What it throws as Transient starts the whole request again. */
export type Reader<T> = (answer: IncomingMessage) => Promise<T>;

export interface S3Client {
  readonly location: Location;
  readonly surroundings: Surroundings;
  /**
   * Signs, sends, and repeats what may pass the next time. Statuses in `expected` are handed to the reader as 2xx are; any
   * other is an error. @throws UserError STORE_REFUSED, STORE_UNAVAILABLE, STORE_CREDENTIALS
   */
  call<T>(request: S3Call, read: Reader<T>): Promise<T>;
}

export interface S3Call extends S3Request {
  readonly expected?: readonly number[];
}

export function s3Client(options: S3Options, surroundings: Surroundings = realSurroundings): S3Client {
  const location = locate(options);
  const { limits } = surroundings;
  const mayReachPrivate = location.isNamedByOperator;
  const transport = nodeTransport({ limits, mayReachPrivate, caFile: options.caFile });
  const { host } = new URL(location.origin);

  async function once<T>(request: S3Call, read: Reader<T>): Promise<T> {
    const keys = await options.credentials();
    const signed = await sign(request, { location, keys, at: surroundings.now() });
    const { method, key, body, expected = [] } = request;
    const attempt: Attempt = { method, host, bucket: location.bucket, key, source: keys.source };
    try {
      const answer = await transport({ method, ...signed, body });
      const status = answer.statusCode ?? 0;
      if ((status >= 200 && status < 300) || expected.includes(status)) return await read(answer);
      throw refusal(answer, await failureOf(answer), attempt);
    } catch (error) {
      throw error instanceof S3Failure ? explained(error, attempt) : failedToAnswer(host, error);
    }
  }

  return {
    location,
    surroundings,
    call: (request, read) => retrying(surroundings, () => once(request, read)),
  };
}

function refusal(answer: IncomingMessage, failure: S3Failure, attempt: Attempt): Error {
  const error = explained(failure, attempt);
  if (!isBusy(failure)) return error;
  const seconds = Number(header(answer, "retry-after"));
  return new Transient(error, Number.isFinite(seconds) ? seconds : undefined);
}

export async function failureOf(answer: IncomingMessage): Promise<S3Failure> {
  const region = header(answer, "x-amz-bucket-region");
  const isRegion = region !== undefined && /^[a-z0-9-]{1,32}$/.test(region);
  const code = errorCode(await readText(answer).catch(() => ""));
  return new S3Failure({ status: answer.statusCode ?? 0, code, region: isRegion ? region : undefined });
}

function errorCode(text: string): string {
  try {
    const root = parseXml(text);
    const code = root.name === "Error" ? childText(root, "Code") : undefined;
    return code !== undefined && /^[A-Za-z0-9.]{1,64}$/.test(code) ? code : "";
  } catch {
    // A proxy's page; the status says enough.
    return "";
  }
}

/** The answer as the XML document it should be. An error that comes with status 200 is an error. */
export async function readDocument(answer: IncomingMessage, name: string): Promise<XmlElement> {
  const text = await readText(answer);
  const code = errorCode(text);
  if (code !== "") {
    const failure = new S3Failure({ status: answer.statusCode ?? 0, code, region: undefined });
    throw isBusy(failure) ? new Transient(brokenAnswer("the server", code, failure)) : failure;
  }
  const root = parsed(text);
  if (root?.name === name) return root;
  throw new Transient(brokenAnswer("the server", `it should be a ${name}`));
}

function parsed(text: string): XmlElement | undefined {
  try {
    return parseXml(text);
  } catch {
    return undefined;
  }
}

/** Lets the connection be used again. */
export async function discard(answer: IncomingMessage): Promise<void> {
  for await (const _ of answer);
}
