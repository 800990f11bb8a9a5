import { createHmac, timingSafeEqual } from "node:crypto";

const FORM = /^sha256=(?<hex>[0-9a-f]{64})$/;

/** True when the header signs exactly these bytes with one of the secrets. Takes the same time for any wrong digest. */
export function isSignedBy(secrets: readonly string[], body: Uint8Array, header: string): boolean {
  const hex = FORM.exec(header)?.groups?.["hex"];
  if (hex === undefined) return false;
  const claimed = Buffer.from(hex, "hex");
  // No early exit: which secret matched is nobody's business.
  return secrets.map((secret) => timingSafeEqual(hmac(secret, body), claimed)).includes(true);
}

function hmac(secret: string, body: Uint8Array): Uint8Array {
  return createHmac("sha256", secret).update(body).digest();
}
