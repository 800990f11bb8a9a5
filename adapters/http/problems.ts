import { UserError } from "#core/errors";
import { PrivateAddressError } from "./addresses.ts";
import { privateHost, refused } from "./hosts.ts";

/** Something that another attempt may mend. After the last one `failure` is what the caller is told. */
export class Transient extends Error {
  readonly failure: UserError;

  constructor(failure: UserError) {
    super(failure.message, { cause: failure });
    this.failure = failure;
  }
}

/** What a status other than 200 means. The body is never repeated: it may come from where nobody should look. */
export function refusal(host: string, status: number): Error {
  if (status === 404 || status === 410) {
    return new UserError("SOURCE_MISSING", `${host} has no such file (status ${status}).`, "Check the address.");
  }
  if (status === 401 || status === 403) {
    const hint = "Give a token by TIDEMARK_SOURCE_TOKEN, or check that it may read the file.";
    return refused(`${host} does not let us read the file (status ${status})`, hint);
  }
  if (status >= 500 || status === 429) return new Transient(unavailable(host, `status ${status}`));
  return refused(`${host} answered with status ${status} instead of the file`, "Check the address.");
}

const UNTRUSTED = /^(?:SELF_SIGNED_CERT|DEPTH_ZERO|UNABLE_TO_|CERT_|ERR_TLS_CERT)/;
const LOCAL: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EIO", "EACCES", "EISDIR"]);

/** @param spentSeconds set when the time for all of it is over */
export function unanswered(host: string, error: unknown, spentSeconds: number | undefined): unknown {
  if (!(error instanceof Error) || error instanceof UserError || error instanceof Transient) return error;
  if (error instanceof PrivateAddressError) return privateHost(host);
  const code = "code" in error ? String(error.code) : "";
  if (LOCAL.has(code)) return local(code, error);
  if (spentSeconds !== undefined) return unavailable(host, `not finished after ${spentSeconds} s`, error);
  if (UNTRUSTED.test(code)) {
    return refused(
      `The certificate of ${host} is not trusted: ${code}`,
      "Give its authority's file as ca-file.",
      error,
    );
  }
  if (error instanceof TypeError || error instanceof RangeError) return error;
  const failure = unavailable(host, code === "" ? error.message : code, error);
  return code === "ENOTFOUND" ? failure : new Transient(failure);
}

function local(code: string, cause: Error): unknown {
  if (code !== "ENOSPC" && code !== "EDQUOT") return cause;
  return new UserError("DISK_FULL", "The disk is full.", "Free some space and run again.", { cause });
}

function unavailable(host: string, why: string, cause?: unknown): UserError {
  const hint = "Check the address and the network; if both are right, try again later.";
  return new UserError("SOURCE_UNAVAILABLE", `No whole answer from ${host}: ${why}.`, hint, { cause });
}
