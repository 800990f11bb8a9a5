import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { UserError } from "#core/errors";
import { readText } from "./answer.ts";
import { type Credentials, type Environment, environmentCredentials, type Keys, variable } from "./credentials.ts";
import { queryText } from "./object-key.ts";
import { amazonDomain, parseEndpoint } from "./place.ts";
import { retrying, Transient } from "./retry.ts";
import { realSurroundings, type Surroundings } from "./surroundings.ts";
import { nodeTransport, type Transport } from "./transport.ts";
import { brokenAnswer, failedToAnswer } from "./unanswered.ts";
import { childText, parseXml } from "./xml.ts";

export interface WebIdentityOptions {
  readonly environment: Environment;
  readonly region?: string | undefined;
  /** Only ever from the operator. Defaults to AWS_ENDPOINT_URL_STS, then to Amazon's service of the region. */
  readonly endpoint?: string | undefined;
  readonly caFile?: string | undefined;
}

/** Keys of the environment where they are set, otherwise those of the role that the job's OpenID token may take. */
export function credentialsFrom(options: WebIdentityOptions, surroundings = realSurroundings): Credentials {
  const { environment } = options;
  const hasIdentity = Boolean(environment["AWS_WEB_IDENTITY_TOKEN_FILE"]) && Boolean(environment["AWS_ROLE_ARN"]);
  if (environment["AWS_ACCESS_KEY_ID"] || !hasIdentity) return environmentCredentials(environment);
  return webIdentityCredentials(options, surroundings);
}

/** New keys are fetched while the old ones still have this long, more than any one call takes to begin. */
const EARLY_MILLISECONDS = 5 * 60_000;

/** STS AssumeRoleWithWebIdentity; the token's file is read again each time, because its writer renews it. */
export function webIdentityCredentials(options: WebIdentityOptions, surroundings = realSurroundings): Credentials {
  const { limits } = surroundings;
  const server = stsAddress(options);
  const transport = nodeTransport({ limits, mayReachPrivate: server.isNamedByOperator, caFile: options.caFile });
  const fetchKeys = () => assumeRole(options.environment, { url: server.url, transport, surroundings });
  let current: Promise<Expiring> | undefined;
  return async () => {
    const known = current;
    const held = await known?.catch(() => undefined);
    const isFresh = held !== undefined && held.expiresAt - surroundings.now().getTime() > EARLY_MILLISECONDS;
    if (isFresh) return held.keys;
    // Of several calls that find the keys too old, the first asks for all.
    if (current === undefined || current === known) current = fetchKeys();
    return (await current).keys;
  };
}

interface Expiring {
  readonly keys: Keys;
  readonly expiresAt: number;
}

function stsAddress({ environment, endpoint, region = "us-east-1" }: WebIdentityOptions) {
  const named = endpoint ?? (environment["AWS_ENDPOINT_URL_STS"] || undefined);
  const url = parseEndpoint(named ?? `https://sts.${region}.${amazonDomain(region)}`);
  return { url, isNamedByOperator: named !== undefined };
}

interface Desk {
  readonly url: URL;
  readonly transport: Transport;
  readonly surroundings: Surroundings;
}

async function assumeRole(environment: Environment, desk: Desk): Promise<Expiring> {
  const form = queryText({
    Action: "AssumeRoleWithWebIdentity",
    Version: "2011-06-15",
    RoleArn: variable(environment, "AWS_ROLE_ARN"),
    RoleSessionName: sessionName(environment),
    WebIdentityToken: await readToken(variable(environment, "AWS_WEB_IDENTITY_TOKEN_FILE")),
  });
  return await retrying(desk.surroundings, () => ask(form, desk));
}

const sessionName = (environment: Environment): string =>
  (environment["AWS_ROLE_SESSION_NAME"] || "tidemark").replace(/[^\w+=,.@-]/g, "-").slice(0, 64);

async function readToken(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw refused(`The file "${file}" that AWS_WEB_IDENTITY_TOKEN_FILE names cannot be read.`, error);
  });
  if (!/^[\w-]+\.[\w-]+\.[\w-]+\s*$/.test(text)) {
    throw refused(`The file "${file}" that AWS_WEB_IDENTITY_TOKEN_FILE names holds no OpenID token.`);
  }
  return text.trim();
}

async function ask(form: string, { url, transport }: Desk): Promise<Expiring> {
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  const sha256 = createHash("sha256").update(form).digest("hex");
  const body = { size: Buffer.byteLength(form), sha256, open: () => Readable.from([Buffer.from(form)]) };
  const where = `the token service ${url.host}`;
  const answer = await transport({ method: "POST", url, headers, body }).catch((error: unknown) => {
    throw failedToAnswer(where, error);
  });
  const text = await readText(answer).catch((error: unknown) => {
    throw failedToAnswer(where, error);
  });
  const status = answer.statusCode ?? 0;
  if (status >= 500 || status === 429) throw new Transient(brokenAnswer(where, `status ${status}`));
  if (status !== 200) {
    // Only the code is repeated: the message may quote the token.
    const code = /<Code>(?<code>[A-Za-z.]{1,64})<\/Code>/.exec(text)?.groups?.["code"] ?? `status ${status}`;
    throw refused(`The token service ${url.host} gives no keys for the role in AWS_ROLE_ARN: ${code}.`);
  }
  return readKeys(text, where);
}

function readKeys(text: string, where: string): Expiring {
  try {
    const result = parseXml(text).children.find(({ name }) => name === "AssumeRoleWithWebIdentityResult");
    const found = result?.children.find(({ name }) => name === "Credentials");
    const read = (name: string) => (found === undefined ? "" : (childText(found, name) ?? ""));
    const [accessKeyId, secretAccessKey] = [read("AccessKeyId"), read("SecretAccessKey")];
    const expiresAt = Date.parse(read("Expiration"));
    if (accessKeyId === "" || secretAccessKey === "" || Number.isNaN(expiresAt)) throw new SyntaxError("no keys");
    const sessionToken = read("SessionToken") || undefined;
    return { keys: { accessKeyId, secretAccessKey, sessionToken, source: "web identity" }, expiresAt };
  } catch (error) {
    throw brokenAnswer(where, "no keys in it", error);
  }
}

function refused(problem: string, cause?: unknown): UserError {
  const hint = `Check the role's trust policy and the job's "id-token: write" permission.`;
  return new UserError("STORE_CREDENTIALS", problem, hint, { cause });
}
