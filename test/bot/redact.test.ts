import { expect, test } from "vitest";
import { redactedLog, redactor } from "#bot/redact";
import { keptLog, privateKey, secret } from "./support/parts.ts";

const secrets = [
  secret,
  privateKey,
  "ghs_16C7e42F292c6912E7710c838347Ae178B4a",
  "github_pat_11ABCDEFG0123456789_abcdefghijklmnop",
  "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMiJ9.c2lnbmF0dXJl",
];

test.each(secrets)("writes %#. secret nowhere: not in messages, facts, errors, causes or lists", (hidden) => {
  const log = keptLog();
  const error = Object.assign(new Error(`failed with ${hidden}`, { cause: new Error(hidden) }), {
    request: { headers: { authorization: `token ${hidden}` } },
  });
  redactedLog(log, redactor([secret, privateKey])).error({ error, list: [{ text: `x ${hidden} y` }] }, `At ${hidden}`);
  const written = JSON.stringify(log.told);
  expect(written).not.toContain(JSON.stringify(hidden).slice(1, -1));
  expect(written).toContain("[redacted]");
});

test("keeps what is no secret", () => {
  const log = keptLog();
  redactedLog(log, redactor([])).info({ repository: "ada/models", milliseconds: 12, tries: undefined }, "work");
  expect(log.told).toEqual([
    { level: "info", facts: { repository: "ada/models", milliseconds: 12, tries: undefined }, message: "work" },
  ]);
});
