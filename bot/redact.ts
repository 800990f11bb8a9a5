import type { BotLog } from "./work.ts";

// GitHub's token prefixes, signed tokens (JWT), authorization headers and private keys.
const SECRETS = [
  /\b(?:gh[pousr]_[A-Za-z0-9_.-]{16,}|github_pat_\w{16,})/g,
  /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g,
  /\b(?:bearer|token) [\w.~+/=-]{16,}/gi,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

const HIDDEN = "[redacted]";
const DEEPEST = 5;

/** A redactor that also knows these secrets by heart. */
export function redactor(known: readonly string[]): (text: string) => string {
  const words = known.filter((secret) => secret.length >= 8);
  return (text) => {
    const masked = words.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
    return SECRETS.reduce((rest, pattern) => rest.replace(pattern, HIDDEN), masked);
  };
}

/** Writes facts and messages to a pino-like logger, without secrets. An error is told by name, code, message, stack. */
export function redactedLog(target: BotLog, redact: (text: string) => string): BotLog {
  const write =
    (level: keyof BotLog) =>
    (facts: Readonly<Record<string, unknown>>, message: string): void =>
      target[level](clean(facts, redact, 0) as Record<string, unknown>, redact(message));
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

function clean(value: unknown, redact: (text: string) => string, depth: number): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === DEEPEST) return "…";
  if (value instanceof Error) return clean(errorFacts(value), redact, depth);
  if (Array.isArray(value)) return value.map((item) => clean(item, redact, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner, redact, depth + 1)]));
}

/** Not the whole object: errors of HTTP clients carry the request with its headers. */
function errorFacts(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code = "code" in error ? error.code : undefined;
  return { name, message, stack, ...(code !== undefined && { code }), ...(cause !== undefined && { cause }) };
}
