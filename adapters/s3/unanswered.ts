import { UserError } from "#core/errors";
import { PrivateAddressError } from "./addresses.ts";
import { Transient } from "./retry.ts";

const UNTRUSTED: ReadonlySet<string> = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

const LOCAL: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EIO", "EISDIR"]);

/** What a connection that gave no answer, or half of one, means: wait and try again, or something only a person mends. */
export function failedToAnswer(where: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UserError || error instanceof Transient) return error;
  if (error instanceof PrivateAddressError) {
    const hint = "If that is meant, such as for a private link, name the server as the endpoint.";
    return new UserError("STORE_REFUSED", `The name ${error.host} leads to a private address.`, hint);
  }
  const code = "code" in error ? String(error.code) : "";
  if (UNTRUSTED.has(code)) return untrusted(where, code, error);
  // A file of this machine, or a bug of ours.
  if ("path" in error || LOCAL.has(code) || error instanceof TypeError || error instanceof RangeError) return error;
  const broken = brokenAnswer(where, code === "" ? error.message : code, error);
  return code === "ENOTFOUND" ? broken : new Transient(broken);
}

export function brokenAnswer(where: string, why: string, cause?: unknown): UserError {
  const hint = "Check the address and the network; if both are right, try again later.";
  return new UserError("STORE_UNAVAILABLE", `No whole answer from ${where}: ${why}.`, hint, { cause });
}

function untrusted(where: string, code: string, cause: Error): UserError {
  const hint = "Give the file of the authority that signed it, in PEM format.";
  return new UserError("STORE_REFUSED", `The certificate of ${where} is not trusted: ${code}.`, hint, { cause });
}
