import { UserError } from "#core/errors";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
const MAX_BYTES = 1_024;

/** RFC 3986: everything but letters, digits and - . _ ~ as bytes, which is what signature version 4 counts on. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * A key as a path, its slashes kept. A segment "." or ".." is refused: clients and proxies on the way would resolve it
 * and reach another object. @throws UserError STORE_REFUSED
 */
export function keyPath(key: string): string {
  const isTraversal = key.split("/").some((segment) => segment === "." || segment === "..");
  if (key === "" || isTraversal || !key.isWellFormed() || Buffer.byteLength(key) > MAX_BYTES) {
    const problem = `${JSON.stringify(key.slice(0, 80))} cannot be an object's key.`;
    throw new UserError("STORE_REFUSED", problem, `Use 1 to ${MAX_BYTES} bytes of UTF-8 without the segments . and ..`);
  }
  return key.split("/").map(encodeStrictly).join("/");
}

export function queryText(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value)}`)
    .sort()
    .join("&");
}
