import { describe, expect, test } from "vitest";
import { loopback } from "#test/support/loopback";
import { ACCESS, bucketThat, copyIn, keys, SECRET, SESSION, says } from "./support/bucket-that.ts";

describe("what the server refuses is told in a sentence and a way out", () => {
  test.each<[number, string, string, RegExp]>([
    [403, "SignatureDoesNotMatch", "STORE_REFUSED", /AWS_SECRET_ACCESS_KEY belongs to AWS_ACCESS_KEY_ID/],
    [403, "InvalidAccessKeyId", "STORE_REFUSED", /Check AWS_ACCESS_KEY_ID/],
    [403, "AccessDenied", "STORE_REFUSED", /permission s3:GetObject on the bucket "data"/],
    [400, "ExpiredToken", "STORE_REFUSED", /AWS_SESSION_TOKEN/],
    [403, "RequestTimeTooSkewed", "STORE_REFUSED", /clock/],
    [404, "NoSuchBucket", "STORE_REFUSED", /no bucket "data"/],
    [400, "AuthorizationHeaderMalformed", "STORE_REFUSED", /Set the region \(AWS_REGION\)/],
    [403, "", "STORE_REFUSED", /permission s3:GetObject/],
    [405, "MethodNotAllowed", "STORE_REFUSED", /MethodNotAllowed \(status 405\)/],
    [503, "SlowDown", "STORE_UNAVAILABLE", /SlowDown \(status 503\)/],
    [400, "RequestTimeout", "STORE_UNAVAILABLE", /try again later/i],
    [404, "NoSuchKey", "OBJECT_MISSING", /no object "in\/x"/],
  ])("%i %s", async (status, answer, code, sentence) => {
    const { bucket } = await bucketThat(says(status, answer));
    const { copy, left } = await copyIn();
    const error = await bucket.get("x", copy).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, message: expect.stringMatching(sentence) });
    expect(await left()).toEqual([]);
  });

  test("F-77: keys and tokens are in no message, cause or description", async () => {
    for (const code of ["SignatureDoesNotMatch", "InvalidAccessKeyId", "AccessDenied", "SlowDown", SECRET]) {
      const { bucket } = await bucketThat(says(code === "SlowDown" ? 503 : 403, code));
      const { copy } = await copyIn();
      for (const call of [
        () => bucket.get("x", copy),
        () => keys(bucket.list("")),
        () => bucket.put("x", import.meta.filename, "once"),
      ]) {
        const error = await call().catch((reason: unknown) => reason);
        const everything = inspectAll(error) + bucket.description;
        for (const secret of [SECRET, SESSION, ACCESS, encodeURIComponent(SECRET), btoa(SECRET)]) {
          expect(everything).not.toContain(secret);
        }
      }
    }
  });

  test("a redirect is not followed; the bucket's region is told", async () => {
    const seen: string[] = [];
    const other = await loopback((request, response) => {
      seen.push(request.url ?? "");
      response.end("stolen");
    });
    const headers = { location: `${other}/data/in/x`, "x-amz-bucket-region": "eu-west-3" };
    const { bucket } = await bucketThat(says(307, "TemporaryRedirect", headers));
    const { copy } = await copyIn();
    await expect(bucket.get("x", copy)).rejects.toThrow(/in the region eu-west-3/);
    expect(seen).toEqual([]);
  });
});

function inspectAll(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.message} ${error.stack} ${JSON.stringify(error)} ${error.cause === undefined ? "" : inspectAll(error.cause)}`;
}
