import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { promotionId } from "#core/promotion/promotion-id";
import { hold, releaseRecord } from "#test/support/builders/release-record";

const id = promotionId("ada/models", releaseRecord());

test("a promotion is called the same whatever the case of the repository and whatever else the record says", () => {
  expect(promotionId("Ada/Models", releaseRecord())).toBe(id);
  expect(promotionId("ada/models", releaseRecord({ hold: hold(), reason: "rollback" }))).toBe(id);
});

test("another repository, model, environment, generation or version is another promotion", () => {
  const others = [
    promotionId("bea/models", releaseRecord()),
    promotionId("ada/models", releaseRecord({ model: "fraud" })),
    promotionId("ada/models", releaseRecord({ environment: "staging" })),
    promotionId("ada/models", releaseRecord({ generation: 4 })),
    promotionId("ada/models", releaseRecord({ serving: "other" })),
  ];
  expect(new Set([id, ...others]).size).toBe(6);
});

// Deployments that exist carry it: another value would deploy everything once more.
test("the name of a promotion is the SHA-256 of this text, for ever", () => {
  const { digest } = releaseRecord().serving;
  const text = `{"digest":"${digest}","environment":"production","generation":3,"model":"churn","repository":"ada/models"}`;
  expect(id).toBe(`sha256:${createHash("sha256").update(text).digest("hex")}`);
});
