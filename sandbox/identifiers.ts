import { randomBytes } from "node:crypto";

/** GitHub's opaque global id; ours can be read back, which GraphQL mutations need. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString("base64url");
}

export function parseNodeId(node: string): { kind: string; id: string } | undefined {
  const match = /^(?<kind>[A-Za-z]+):(?<id>.+)$/.exec(Buffer.from(node, "base64url").toString());
  return match?.groups && { kind: match.groups["kind"] ?? "", id: match.groups["id"] ?? "" };
}

/** Same prefixes and length as GitHub's tokens, so that secret masking and scanners see them alike. */
export function newToken(prefix: "ghp" | "ghs"): string {
  const letters = randomBytes(64)
    .toString("base64")
    .replace(/[^A-Za-z0-9]/g, "");
  return `${prefix}_${letters.slice(0, 36).padEnd(36, "0")}`;
}

/** Logins, repository names: what GitHub allows, and never a path that leaves its folder. */
export function isSafeName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name.replace(/\[bot\]$/, "")) && !/\.(git|wiki)$/i.test(name);
}
