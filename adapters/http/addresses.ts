import { lookup as systemLookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { RESERVED_RANGES } from "#core/reserved-ranges";

const reserved = new BlockList();
for (const { network, bits, family } of RESERVED_RANGES) reserved.addSubnet(network, bits, family);

/** Whether an address leads into this machine or a private network. What is no address counts as one that does. */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  return version === 0 || reserved.check(address, version === 6 ? "ipv6" : "ipv4");
}

export class PrivateAddressError extends Error {}

/** Resolves a name; as `dns.lookup` with `all`. */
export type Resolve = (
  host: string,
  options: { readonly all: true },
  done: (
    error: NodeJS.ErrnoException | null,
    found: readonly { readonly address: string; readonly family: number }[],
  ) => void,
) => void;

/**
 * Resolves once and refuses a name of which any address is private. The connection goes to the address that was looked
 * at, so a name that leads elsewhere the next time (DNS rebinding) gains nothing.
 */
export function publicLookup(resolve: Resolve = systemLookup as Resolve): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error !== null) done(error, "");
      else if (first === undefined || found.some(({ address }) => isPrivateAddress(address))) {
        done(new PrivateAddressError(host), "");
      } else if (options.all === true) done(null, [...found]);
      else done(null, first.address, first.family);
    });
  };
}
