import { describe, expect, test } from "vitest";
import { bucketThat, keys } from "./support/bucket-that.ts";

describe("a listing", () => {
  const page = (names: readonly string[], more = "<IsTruncated>false</IsTruncated>") => {
    const objects = names.map(
      (key) =>
        `<Contents><Key>${key}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><Size>7</Size></Contents>`,
    );
    return `<ListBucketResult>${more}<EncodingType>url</EncodingType>${objects.join("")}</ListBucketResult>`;
  };
  const goesOn = (token: string) =>
    `<IsTruncated>true</IsTruncated><NextContinuationToken>${token}</NextContinuationToken>`;

  test("asks for every page with the token of the one before, and gives keys relative to the prefix", async () => {
    const asked: (string | null)[] = [];
    const { bucket } = await bucketThat(({ url }, response) => {
      const query = new URL(url ?? "", "http://x").searchParams;
      asked.push(query.get("continuation-token"));
      expect(query.get("prefix")).toBe("in/2026/");
      const isFirst = asked.length === 1;
      response.end(isFirst ? page(["in/2026/a+%2B%25"], goesOn("t+/&amp; ü")) : page(["in/2026/%C3%BC"]));
    });
    const found = [];
    for await (const object of bucket.list("2026/")) found.push(object);
    expect(found).toEqual([
      { key: "2026/a +%", size: 7, modifiedAt: "2026-01-02T03:04:05.000Z" },
      { key: "2026/ü", size: 7, modifiedAt: "2026-01-02T03:04:05.000Z" },
    ]);
    expect(asked).toEqual([null, "t+/& ü"]);
  });

  test("passes over the empty object that marks the folder", async () => {
    const { bucket } = await bucketThat((_, response) => response.end(page(["in/", "in/a"])));
    expect(await keys(bucket.list(""))).toEqual(["a"]);
  });

  test.each([
    ["repeats a page for ever", page(["in/a"], goesOn("same"))],
    ["is out of order", page(["in/b", "in/a"])],
    ["has a key outside the prefix", page(["other"])],
    ["is empty and goes on", page([], goesOn("t"))],
    ["says there is more and not where", page(["in/a"], "<IsTruncated>true</IsTruncated>")],
    ["does not say whether there is more", page(["in/a"], "")],
    ["has an object without a size", page(["in/a"]).replace("<Size>7</Size>", "")],
    ["is cut short", page(["in/a"]).slice(0, -9)],
    ["is a page of HTML", "<html><body>Login</body></html>"],
    ["is empty", ""],
  ])("F-12: one that %s fails as a whole", async (_, body) => {
    const { bucket } = await bucketThat((_request, response) => response.end(body));
    await expect(keys(bucket.list(""))).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  });
});
