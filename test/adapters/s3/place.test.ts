import { expect, test } from "vitest";
import { isPrivateAddress, publicLookup } from "#adapters/s3/addresses";
import { locate } from "#adapters/s3/place";

test("Amazon's buckets are found by their host name, in https", () => {
  expect(locate({ url: "s3://data/a/b", region: "eu-central-1" })).toEqual({
    bucket: "data",
    prefix: "a/b/",
    region: "eu-central-1",
    origin: "https://data.s3.eu-central-1.amazonaws.com",
    path: "/",
    isNamedByOperator: false,
  });
  expect(locate({ url: "s3://data", region: "cn-north-1" }).origin).toBe("https://data.s3.cn-north-1.amazonaws.com.cn");
});

test("a bucket with a dot, or on a server of one's own, stands in the path", () => {
  expect(locate({ url: "s3://my.data/" })).toMatchObject({
    origin: "https://s3.us-east-1.amazonaws.com",
    path: "/my.data/",
  });
  const own = { url: "s3://data/x/", endpoint: "http://127.0.0.1:9000" };
  expect(locate(own)).toMatchObject({ origin: "http://127.0.0.1:9000", path: "/data/", prefix: "x/" });
  expect(locate({ ...own, pathStyle: false }).origin).toBe("http://data.127.0.0.1:9000");
});

test.each([
  "s3://",
  "s3://ab",
  "s3://Data",
  "s3://data..x",
  "s3://169.254.169.254@data",
  "s3://user:word@data/x",
  "https://data",
  "data",
  "s3:data",
  "s3://data?x/y",
  "s3://data:80/x",
])("F-23: %s names no bucket", (url) => {
  expect(() => locate({ url })).toThrow(/names no bucket/);
  expect(() => locate({ url })).not.toThrow(/user:word/);
});

test.each([
  "file:///etc/passwd",
  "ftp://host",
  "https://user:word@host",
  "https://host/path",
  "https://host?x",
  "https://host#x",
  "host",
  "",
])("F-23: %j is no endpoint, and is not repeated", (endpoint) => {
  expect(() => locate({ url: "s3://data", endpoint })).toThrow(/^The endpoint is not an address of a server\./);
  expect(() => locate({ url: "s3://data", endpoint })).not.toThrow(/word/);
});

test.each(["eu/../x", "x@169.254.169.254", "evil.example", "", "EU", "a#"])("F-23: %j is no region", (region) => {
  expect(() => locate({ url: "s3://data", region })).toThrow(/is no region/);
});

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.31.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "::",
  "::ffff:127.0.0.1",
  "::ffff:a9fe:a9fe",
  "fe80::1",
  "fd00:ec2::254",
  "64:ff9b::7f00:1",
])("F-23: %s is private", (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(["52.95.110.1", "172.32.0.1", "2600:1f68::1", "::ffff:8.8.8.8"])("%s is public", (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

test.each([true, false])("F-23: a name that leads to this machine is refused (all addresses: %s)", async (all) => {
  const error = await new Promise((resolve) => publicLookup("localhost", { all }, resolve));
  expect(error).toMatchObject({ host: "localhost" });
});
