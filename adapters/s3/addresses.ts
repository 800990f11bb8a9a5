import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { RESERVED_RANGES } from "#core/reserved-ranges";

const reserved = new BlockList();
for (const { network, bits, family } of RESERVED_RANGES) reserved.addSubnet(network, bits, family);

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
