// Addresses that are not for the public: this machine, private networks, link-local (where clouds keep credentials),
// documentation, tunnels that carry an IPv4 address inside, multicast and what is reserved. IANA's registries of special
// purpose addresses: RFC 1918, 3879, 3927, 4193, 4291, 5737, 6052, 6598, 6890, 8215, 9602, 9637.
const V4 =
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3";
// ::ffff:0:0/96 is not listed: Node's BlockList judges a mapped address by the rules for IPv4.
const V6 =
  "::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8";

export interface AddressRange {
  readonly network: string;
  readonly bits: number;
  readonly family: "ipv4" | "ipv6";
}

/** No name on the web leads here, unless somebody wants our machine to reach its neighbours. */
export const RESERVED_RANGES: readonly AddressRange[] = [...rangesOf(V4, "ipv4"), ...rangesOf(V6, "ipv6")];

function rangesOf(text: string, family: AddressRange["family"]): readonly AddressRange[] {
  return text.split(" ").map((range) => {
    const [network = "", bits] = range.split("/");
    return { network, bits: Number(bits), family };
  });
}
