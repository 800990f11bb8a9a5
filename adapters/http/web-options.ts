import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { getCACertificates } from "node:tls";
import { UserError } from "#core/errors";
import { publicLookup, type Resolve } from "./addresses.ts";
import { type AllowedHosts, allowedHosts } from "./hosts.ts";

export interface WebOptions {
  readonly allowHosts: readonly string[];
  /** Sent as a bearer token to the host of the first source, and to no other. */
  readonly token?: string | undefined;
  /** For all of a file, its redirects and further attempts included. */
  readonly maxSeconds: number;
  /** PEM file of further authorities, beside those of Node and NODE_EXTRA_CA_CERTS. */
  readonly caFile?: string | undefined;
  readonly patience?: Patience;
  readonly resolve?: Resolve;
}

/** Handed in so that a test need not wait. */
export interface Patience {
  readonly connectSeconds: number;
  /** Without a byte. */
  readonly idleSeconds: number;
  readonly attempts: number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

const PATIENCE: Patience = {
  connectSeconds: 10,
  idleSeconds: 30,
  attempts: 3,
  pause: (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds)),
};

export interface Web {
  readonly hosts: AllowedHosts;
  readonly maxSeconds: number;
  readonly patience: Patience;
  tokenFor(url: URL): string | undefined;
  /** The way to a host: checked addresses only, unless the operator allows it. */
  agentFor(url: URL): HttpAgent | HttpsAgent;
}

/** @throws UserError SOURCE_REFUSED, FILE_MISSING for the file of authorities */
export function openWeb(options: WebOptions, first: URL): Web {
  const hosts = allowedHosts(options.allowHosts);
  const ca = options.caFile === undefined ? {} : { ca: [...getCACertificates("default"), authorities(options.caFile)] };
  const checked = { lookup: publicLookup(options.resolve) };
  const agents = {
    checked: { "http:": new HttpAgent(checked), "https:": new HttpsAgent({ ...checked, ...ca }) },
    allowed: { "http:": new HttpAgent(), "https:": new HttpsAgent(ca) },
  };
  return {
    hosts,
    tokenFor: (url) => (isSameServer(url, first) ? options.token : undefined),
    maxSeconds: options.maxSeconds,
    patience: options.patience ?? PATIENCE,
    agentFor: (url) => agents[hosts.has(url) ? "allowed" : "checked"][url.protocol === "http:" ? "http:" : "https:"],
  };
}

/** The same origin, or its encrypted side. */
export function isSameServer(url: URL, first: URL): boolean {
  const isUpgrade = first.protocol === "http:" && url.protocol === "https:" && url.port === "";
  return url.origin === first.origin || (isUpgrade && url.hostname === first.hostname);
}

function authorities(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const problem = `The file "${file}" with the certificate authority cannot be read.`;
    throw new UserError("FILE_MISSING", problem, "Check the path.", { cause: error });
  }
}
