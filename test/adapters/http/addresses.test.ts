import { describe, expect, test } from "vitest";
import { isPrivateAddress, PrivateAddressError, publicLookup, type Resolve } from "#adapters/http/addresses";
import { allowedHosts, refuseAddress } from "#adapters/http/hosts";

describe("an address", () => {
  test.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "ff02::1",
    "not an address",
  ])("F-23 %s is private", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  test.each([
    "1.1.1.1",
    "9.255.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "192.169.0.1",
    "2606:4700::1111",
    "::ffff:1.1.1.1",
  ])("%s is public", (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});

describe("a URL", () => {
  test.each([
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://0/",
    "https://127.0.0.1:8443/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://[fd00:ec2::254]/",
    "https://user:secret@example.com/",
    "http://example.com/a.csv",
    "ftp://example.com/a.csv",
    "file:///etc/passwd",
  ])("F-23 %s is refused", (address) => {
    const check = () => refuseAddress(new URL(address), allowedHosts([]));
    expect(check).toThrow(expect.objectContaining({ code: "SOURCE_REFUSED" }));
    expect(check).not.toThrow(/secret/);
  });

  test("of an allowed host is not, in any spelling, and only on the port that is named", () => {
    const hosts = allowedHosts(["127.0.0.1:8080", "data.intern", "[::1]:9000"]);
    const isAllowed = (address: string) => hosts.has(new URL(address));
    expect(
      ["http://127.1:8080/", "https://data.intern/", "http://data.intern:81/", "http://[::1]:9000"].map(isAllowed),
    ).toEqual([true, true, true, true]);
    expect(
      ["http://127.0.0.1/", "http://127.0.0.1:80801/".slice(0, -2), "http://x.data.intern", "http://[::1]/"].map(
        isAllowed,
      ),
    ).toEqual([false, true, false, false]);
  });

  test.each(["http://host", "host/path", "user@host", "", "a b", "host:99999"])(
    "%j is no entry of allow-hosts",
    (entry) => {
      expect(() => allowedHosts([entry])).toThrow(expect.objectContaining({ code: "SOURCE_REFUSED" }));
    },
  );
});

describe("looking a name up", () => {
  const ask = (answers: readonly (readonly string[])[], all: boolean) => {
    let asked = 0;
    const resolve: Resolve = (_host, _options, done) => {
      const found = answers[asked++] ?? [];
      done(
        null,
        found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
    };
    const answer = new Promise((settle) => {
      publicLookup(resolve)("name.example", { all }, (error, address) => settle(error ?? address));
    });
    return { answer, times: () => asked };
  };

  test("F-74 the address that was looked at is the one that is used: a name is resolved once", async () => {
    const { answer, times } = ask([["1.1.1.1"], ["127.0.0.1"]], false);
    expect(await answer).toBe("1.1.1.1");
    expect(times()).toBe(1);
  });

  test("F-74 one private address among public ones refuses the name", async () => {
    expect(await ask([["1.1.1.1", "10.0.0.1"]], true).answer).toBeInstanceOf(PrivateAddressError);
    expect(await ask([["1.1.1.1", "2606:4700::1111"]], true).answer).toEqual([
      { address: "1.1.1.1", family: 4 },
      { address: "2606:4700::1111", family: 6 },
    ]);
  });

  test("a name without an address is refused", async () => {
    expect(await ask([[]], true).answer).toBeInstanceOf(PrivateAddressError);
  });
});
