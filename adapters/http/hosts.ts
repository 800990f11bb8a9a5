import { isIP } from "node:net";
import { UserError } from "#core/errors";
import { isPrivateAddress } from "./addresses.ts";

/** Hosts that the operator trusts: they may have private addresses and speak plain http. */
export interface AllowedHosts {
  has(url: URL): boolean;
}

/** @param entries `host`, which stands for all its ports, or `host:port` @throws UserError SOURCE_REFUSED */
export function allowedHosts(entries: readonly string[]): AllowedHosts {
  const allowed = entries.map((entry) => {
    const url = URL.canParse(`http://${entry}`) ? new URL(`http://${entry}`) : undefined;
    const isHost = url !== undefined && /^[^/?#@\\]+$/.test(entry);
    if (!isHost) throw refused(`"${entry.slice(0, 80)}" in allow-hosts is no host`, "Write host or host:port.");
    const port = /:(?<port>\d+)$/.exec(entry.replace(/^\[.*\]/, ""))?.groups?.["port"];
    return { name: url.hostname, port };
  });
  return {
    has: (url) =>
      allowed.some(({ name, port }) => name === url.hostname && (port === undefined || port === portOf(url))),
  };
}

function portOf({ port, protocol }: URL): string {
  if (port !== "") return port;
  return protocol === "https:" ? "443" : "80";
}

/**
 * Whether an address may be asked at all, before any name is resolved: odd spellings of an IPv4 address are already
 * plain ones in a URL. @throws UserError SOURCE_REFUSED
 */
export function refuseAddress(url: URL, hosts: AllowedHosts): void {
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refused("The address is not one of the web", HTTPS);
  if (url.username !== "" || url.password !== "") {
    throw refused(`The address of ${url.host} holds a user or a password`, "Give a token by TIDEMARK_SOURCE_TOKEN.");
  }
  if (hosts.has(url)) return;
  if (url.protocol === "http:") throw refused(`The host ${url.host} would be read without encryption`, HTTPS);
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && isPrivateAddress(literal)) throw privateHost(url.host);
}

const HTTPS = "Write https://; plain http is only for hosts in allow-hosts.";

export function privateHost(host: string): UserError {
  const hint = "If that is meant, name the host in allow-hosts.";
  return refused(`The host ${host} has a private address`, hint);
}

export function refused(problem: string, hint: string, cause?: unknown): UserError {
  return new UserError("SOURCE_REFUSED", `${problem}.`, hint, { cause });
}
