import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import type { Keys } from "#adapters/s3/credentials";
import { encodeStrictly, keyPath, queryText } from "#adapters/s3/object-key";
import type { Location } from "#adapters/s3/place";
import { type S3Request, sign } from "#adapters/s3/signing";

// The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
const keys: Keys = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  source: "environment",
};
const location: Location = {
  bucket: "examplebucket",
  prefix: "",
  region: "us-east-1",
  origin: "https://examplebucket.s3.amazonaws.com",
  path: "/",
  isNamedByOperator: false,
};
const at = new Date("2013-05-24T00:00:00.123Z");

const text = "Welcome to Amazon S3.";
const body = {
  size: text.length,
  sha256: createHash("sha256").update(text).digest("hex"),
  open: () => Readable.from([text]),
};

test.each<[string, S3Request, string]>([
  [
    "PUT Object",
    {
      method: "PUT",
      key: "test$file.text",
      headers: { date: "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY" },
      body,
    },
    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  ],
  [
    "GET Bucket Lifecycle",
    { method: "GET", query: { lifecycle: "" } },
    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  ],
  [
    "GET Bucket (List Objects)",
    { method: "GET", query: { prefix: "J", "max-keys": "2" } },
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  ],
])("signs Amazon's example %s", async (_, request, signature) => {
  const { headers } = await sign(request, { location, keys, at });
  expect(headers["authorization"]).toContain(`Signature=${signature}`);
  expect(JSON.stringify(headers)).not.toContain(keys.secretAccessKey);
});

test("signs the digest of the real bytes and the session's token", async () => {
  const signature = { location, keys: { ...keys, sessionToken: "session" }, at };
  const { headers } = await sign({ method: "PUT", key: "a", body }, signature);
  expect(headers).toMatchObject({ "x-amz-content-sha256": body.sha256, "x-amz-security-token": "session" });
  expect(headers["authorization"]).toContain("host;x-amz-content-sha256;x-amz-date;x-amz-security-token");
  expect(headers["authorization"]).not.toContain("accept-encoding");
});

test("sends the path and the query as they were signed", async () => {
  const request = { method: "GET", key: "a+b c/ü'(1)*!~", query: { prefix: "x y+z/ü" } } as const;
  const { url } = await sign(request, { location: { ...location, path: "/bucket/" }, keys, at });
  expect(url.pathname + url.search).toBe("/bucket/a%2Bb%20c/%C3%BC%27%281%29%2A%21~?prefix=x%20y%2Bz%2F%C3%BC");
});

test("a bucket itself has no slash at its end", async () => {
  const { url } = await sign({ method: "GET" }, { location: { ...location, path: "/bucket/" }, keys, at });
  expect(url.pathname).toBe("/bucket");
});

test("F-25: a key that would be resolved on the way, or is no key, is refused", () => {
  for (const key of ["", "..", "a/../b", "./a", "a/.", "\ud800", "ü".repeat(513)]) {
    expect(() => keyPath(key), JSON.stringify(key.slice(0, 9))).toThrow(/cannot be an object's key/);
  }
  expect(keyPath("a//b/...")).toBe("a//b/...");
});

test("encodes what RFC 3986 reserves, and sorts a query", () => {
  expect(encodeStrictly("!'()*-._~/")).toBe("%21%27%28%29%2A-._~%2F");
  expect(queryText({ b: "", a: "1&2" })).toBe("a=1%262&b=");
});
