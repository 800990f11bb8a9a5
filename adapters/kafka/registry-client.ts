import { z } from "zod";
import { UserError } from "#core/errors";

export interface RegistryOptions {
  /** The registry's base address; a name and password in it are used as `auth` and shown to nobody. */
  readonly url: string;
  readonly auth?: { readonly username: string; readonly password: string } | { readonly token: string };
  readonly retries?: number;
}

const Reference = z.object({ subject: z.string(), version: z.number() });
const Schema = z.object({
  schema: z.string(),
  schemaType: z.string().prefault("AVRO"),
  references: z.array(Reference).nullish(),
});

export interface RegisteredSchema {
  readonly type: string;
  readonly schema: string;
  /** The schemas it names, each after those it names itself. */
  readonly references: readonly string[];
}

export interface RegistryClient {
  /** Fit to be shown. */
  readonly address: string;
  /** Undefined when the registry does not know the id. @throws UserError REGISTRY_UNAVAILABLE, REGISTRY_REFUSED */
  schema(id: number): Promise<RegisteredSchema | undefined>;
}

const RETRIES = 4;
const FIRST_PAUSE_MS = 200;
const TIMEOUT_MS = 10_000;
const MAX_REFERENCES = 200;
// The registry's own code; a plain 404 comes from something that is not a registry.
const SCHEMA_NOT_FOUND = 40403;

/** Reads schemas over the registry's HTTP interface. */
export function registryClient(given: RegistryOptions): RegistryClient {
  const options = withoutUserInfo(given);
  const base = options.url.replace(/\/+$/, "");
  const get = (path: string) => patiently(options, `${base}${path}`);
  return {
    address: options.url,
    schema: async (id) => {
      const found = await get(`/schemas/ids/${id}`);
      if (found === undefined) return undefined;
      const seen = new Map<string, string>();
      await gather(get, found.references ?? [], seen);
      return { type: found.schemaType, schema: found.schema, references: [...seen.values()] };
    },
  };
}

/** Many write name and password into the address; there they would stand in every message. */
function withoutUserInfo(options: RegistryOptions): RegistryOptions {
  const address = URL.parse(options.url);
  if (address === null || (address.username === "" && address.password === "")) return options;
  const auth = { username: unescaped(address.username), password: unescaped(address.password) };
  address.username = "";
  address.password = "";
  return { ...options, url: address.href, auth: options.auth ?? auth };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Found = z.output<typeof Schema>;

async function gather(
  get: (path: string) => Promise<Found | undefined>,
  references: readonly z.output<typeof Reference>[],
  seen: Map<string, string>,
): Promise<void> {
  for (const { subject, version } of references) {
    const path = `/subjects/${encodeURIComponent(subject)}/versions/${version}`;
    if (seen.has(path) || seen.size >= MAX_REFERENCES) continue;
    const found = await get(path);
    if (found === undefined) continue;
    await gather(get, found.references ?? [], seen);
    seen.set(path, found.schema);
  }
}

async function patiently(options: RegistryOptions, url: string): Promise<Found | undefined> {
  const retries = options.retries ?? RETRIES;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(options, url);
    } catch (error) {
      if (error instanceof UserError) throw error;
      if (attempt === retries) throw unavailable(options.url, error);
      await new Promise((resume) => setTimeout(resume, FIRST_PAUSE_MS * 2 ** attempt));
    }
  }
}

async function once({ url: base, auth }: RegistryOptions, url: string): Promise<Found | undefined> {
  const headers = { accept: "application/vnd.schemaregistry.v1+json, application/json", ...authorization(auth) };
  const answer = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (answer.status === 401 || answer.status === 403) throw refused(base, answer.status);
  const body: unknown = await answer.json();
  if (answer.status === 404 && isNotFound(body)) return undefined;
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return Schema.parse(body);
}

function authorization(auth: RegistryOptions["auth"]): Record<string, string> {
  if (auth === undefined) return {};
  if ("token" in auth) return { authorization: `Bearer ${auth.token}` };
  return { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString("base64")}` };
}

function isNotFound(body: unknown): boolean {
  return typeof body === "object" && body !== null && "error_code" in body && body.error_code === SCHEMA_NOT_FOUND;
}

function refused(url: string, status: number): UserError {
  return new UserError(
    "REGISTRY_REFUSED",
    `The schema registry at ${url} refused access (status ${status}).`,
    "Check its user name and password or token.",
  );
}

function unavailable(url: string, cause: unknown): UserError {
  const detail = cause instanceof z.ZodError ? "its answer is not a schema" : reasonOf(cause);
  return new UserError(
    "REGISTRY_UNAVAILABLE",
    `The schema registry at ${url} did not answer as one (${detail}).`,
    "Check its address, path included, and run again; nothing was stored, so nothing is lost.",
    { cause },
  );
}

/** A failed fetch says no more than that; why is its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== "" ? cause.message : error.message;
}
