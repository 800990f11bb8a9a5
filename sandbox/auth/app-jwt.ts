import { type KeyObject, sign, verify } from "node:crypto";
import { ApiError } from "../http/api-error.ts";
import type { App } from "../model/app.ts";

/** GitHub allows an app's own JWT to live ten minutes, and clocks to differ by a little. */
const MAX_LIFE_SECONDS = 600;
const CLOCK_SKEW_SECONDS = 60;

export interface AppClaims {
  readonly iss: string | number;
  readonly iat: number;
  readonly exp: number;
}

export function isJwt(token: string): boolean {
  return token.split(".").length === 3;
}

export function verifyAppJwt(token: string, apps: ReadonlyMap<number, App>): App {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const algorithm = decode(header)?.["alg"];
  const claims = decode(payload);
  const app = apps.get(Number(claims?.["iss"]));
  if (algorithm !== "RS256" || !claims || !app?.publicKey) throw undecodable();
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify("RSA-SHA256", signed, app.publicKey, Buffer.from(signature, "base64url"))) throw undecodable();
  checkTimes(claims);
  return app;
}

function checkTimes(claims: Record<string, unknown>): void {
  const now = Math.floor(Date.now() / 1000);
  const expires = Number(claims["exp"]);
  const issued = Number(claims["iat"]);
  if (!Number.isFinite(expires) || expires <= now) {
    throw new ApiError(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time");
  }
  if (expires > now + MAX_LIFE_SECONDS + CLOCK_SKEW_SECONDS) {
    throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (!Number.isFinite(issued) || issued > now + CLOCK_SKEW_SECONDS) {
    throw new ApiError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
}

const undecodable = () => new ApiError(401, "A JSON web token could not be decoded");

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** A signed JWT as an app would make it; tests use it to build expired or foreign ones. */
export function signAppJwt(claims: AppClaims, privateKey: KeyObject | string): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  return `${unsigned}.${sign("RSA-SHA256", Buffer.from(unsigned), privateKey).toString("base64url")}`;
}
