import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { UserError } from "#core/errors";

/** GitHub's documentation asks for a random secret; 32 characters of hex are 128 bits. */
const SHORTEST_SECRET = 32;
const NEW_SECRET = "generate one with: openssl rand -hex 32";

// Every message says what is wrong and what to do; none of them holds a value, which may be a secret.
const required = (how: string) => z.string({ error: `is missing; ${how}` }).min(1, `is empty; ${how}`);

const Secret = required(NEW_SECRET)
  .refine((text) => text !== "development", `is Probot's public default; ${NEW_SECRET}`)
  .refine((text) => text.length >= SHORTEST_SECRET, `is shorter than ${SHORTEST_SECRET} characters; ${NEW_SECRET}`);

const count = (fallback: string, range: { min: number; max: number }) =>
  z
    .string()
    .regex(/^\d{1,9}$/, "is not a whole number")
    .prefault(fallback)
    .transform(Number)
    .refine((value) => value >= range.min && value <= range.max, `must lie between ${range.min} and ${range.max}`);

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

const ApiUrl = z
  .url({ protocol: /^https?$/, error: "is not an http(s) address; for GitHub Enterprise it ends in /api/v3" })
  .refine((text) => text.startsWith("https:") || LOOPBACK.has(URL.parse(text)?.hostname ?? ""), {
    error: "must begin with https://, since tokens are sent to it",
  })
  .transform((text) => text.replace(/\/+$/, ""));

const Environment = z.object({
  APP_ID: required("take it from the app's settings page on GitHub").regex(
    /^\d{1,12}$/,
    "is not a number; take it from the app's settings page on GitHub",
  ),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: Secret,
  WEBHOOK_SECRET_PREVIOUS: Secret.optional(),
  HOST: z.string().min(1, "is empty; leave it out or name an address of this machine").prefault("127.0.0.1"),
  PORT: count("3000", { min: 0, max: 65_535 }),
  GITHUB_API_URL: ApiUrl.prefault("https://api.github.com"),
  JOURNAL_PATH: z.string().min(1, "is empty; leave it out or name a file").prefault(".tidemark/journal.sqlite"),
  STORE_PATH: z.string().min(1, "is empty; leave it out or name a folder").optional(),
  SWEEP_SECONDS: count("300", { min: 10, max: 86_400 }),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal"], {
      error: "must be trace, debug, info, warn, error or fatal",
    })
    .prefault("info"),
});

export interface Settings {
  readonly appId: number;
  /** A PEM; never printed. */
  readonly privateKey: string;
  /** The secret in use, then the one before during a rotation; never printed. */
  readonly webhookSecrets: readonly [string, ...string[]];
  readonly host: string;
  readonly port: number;
  readonly apiUrl: string;
  readonly journalPath: string;
  /** A folder with the models' objects, instead of the repository's release assets. */
  readonly storePath: string | undefined;
  readonly sweepSeconds: number;
  readonly logLevel: z.output<typeof Environment>["LOG_LEVEL"];
}

/** @throws UserError SETTINGS_REFUSED naming the first variable that is wrong and what to do */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) throw refused(parsed.error.issues[0]);
  const values = parsed.data;
  const previous = values.WEBHOOK_SECRET_PREVIOUS;
  return {
    appId: Number(values.APP_ID),
    privateKey: readKey(values),
    webhookSecrets: previous === undefined ? [values.WEBHOOK_SECRET] : [values.WEBHOOK_SECRET, previous],
    host: values.HOST,
    port: values.PORT,
    apiUrl: values.GITHUB_API_URL,
    journalPath: values.JOURNAL_PATH,
    storePath: values.STORE_PATH,
    sweepSeconds: values.SWEEP_SECONDS,
    logLevel: values.LOG_LEVEL,
  };
}

function refused(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): UserError {
  const variable = String(issue?.path[0] ?? "The environment");
  const [problem = "is wrong", todo = "mend it"] = (issue?.message ?? "").split("; ");
  return settingRefused(variable, problem, todo);
}

function settingRefused(variable: string, problem: string, todo: string): UserError {
  return new UserError("SETTINGS_REFUSED", `The environment variable ${variable} ${problem}:`, `${todo}.`);
}

const DOWNLOAD = "download a private key from the app's settings page on GitHub";

function readKey(values: z.output<typeof Environment>): string {
  const { PRIVATE_KEY: inline, PRIVATE_KEY_PATH: path } = values;
  const variable = inline === undefined && path !== undefined ? "PRIVATE_KEY_PATH" : "PRIVATE_KEY";
  const text = inline ?? (path === undefined ? undefined : readKeyFile(path));
  if (text === undefined || text.trim() === "") throw settingRefused(variable, "is missing or empty", DOWNLOAD);
  const key = text.replaceAll("\\n", "\n").trim();
  if (!isRsaKey(key)) throw settingRefused(variable, "holds no RSA private key in PEM form", DOWNLOAD);
  return `${key}\n`;
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw settingRefused("PRIVATE_KEY_PATH", `names a file that cannot be read (${reason})`, DOWNLOAD);
  }
}

function isRsaKey(pem: string): boolean {
  try {
    return pem.startsWith("-----BEGIN ") && createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
