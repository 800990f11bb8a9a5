import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

// Not for the public: RFC 1918, 6598, 3927, 4193, 4291, 5737, 6890; multicast and the reserved rest with them.
const V4 =
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3";
// ::ffff:0:0/96 is not listed: BlockList judges a mapped address by the rules for IPv4.
const V6 = "::/128 ::1/128 64:ff9b::/96 100::/64 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 ff00::/8";

const reserved = new BlockList();
for (const [family, ranges] of [
  ["ipv4", V4],
  ["ipv6", V6],
] as const) {
  for (const range of ranges.split(" ")) {
    const [network = "", bits] = range.split("/");
    reserved.addSubnet(network, Number(bits), family);
  }
}

/** Whether an address leads into this machine or a private network, which no one but the operator may choose. */
export function isPrivateAddress(address: string): boolean {
  return reserved.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

export class PrivateAddressError extends Error {
  readonly host: string;

  constructor(host: string) {
    super(`${host} leads to a private address`);
    this.host = host;
  }
}

/** Resolves names as ever, and refuses one that leads to a private address; the connection then uses what was looked at. */
export const publicLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error !== null) done(error, "");
    else if (found.some(({ address }) => isPrivateAddress(address))) done(new PrivateAddressError(host), "");
    else if (options.all === true) done(null, found);
    else done(null, first?.address ?? "", first?.family);
  });
};
