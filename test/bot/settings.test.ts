import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSettings } from "#bot/settings";
import { temporaryFolder } from "#test/support/temporary-folder";
import { privateKey, secret } from "./support/parts.ts";

const good = { APP_ID: "12", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret };

test("reads the environment with its defaults", () => {
  expect(readSettings(good)).toMatchObject({
    appId: 12,
    webhookSecrets: [secret],
    host: "127.0.0.1",
    port: 3000,
    apiUrl: "https://api.github.com",
    journalPath: ".tidemark/journal.sqlite",
    sweepSeconds: 300,
    logLevel: "info",
  });
});

test("takes a key with escaped line breaks, or from a file", async () => {
  const inline = readSettings({ ...good, PRIVATE_KEY: privateKey.replaceAll("\n", "\\n") });
  const path = join(await temporaryFolder(), "app.pem");
  await writeFile(path, privateKey);
  const { PRIVATE_KEY: _, ...rest } = good;
  expect(inline.privateKey).toBe(privateKey);
  expect(readSettings({ ...rest, PRIVATE_KEY_PATH: path }).privateKey).toBe(privateKey);
});

test("keeps the previous secret beside the new one during a rotation", () => {
  const previous = "b".repeat(32);
  expect(readSettings({ ...good, WEBHOOK_SECRET_PREVIOUS: previous }).webhookSecrets).toEqual([secret, previous]);
});

test.each([
  ["no secret", { WEBHOOK_SECRET: undefined }, "WEBHOOK_SECRET is missing: generate one with: openssl rand -hex 32."],
  ["an empty secret", { WEBHOOK_SECRET: "" }, "WEBHOOK_SECRET is empty: generate"],
  ["Probot's public secret", { WEBHOOK_SECRET: "development" }, "WEBHOOK_SECRET is Probot's public default: generate"],
  ["a short secret", { WEBHOOK_SECRET: "x".repeat(31) }, "WEBHOOK_SECRET is shorter than 32 characters: generate"],
  ["a short old secret", { WEBHOOK_SECRET_PREVIOUS: "old" }, "WEBHOOK_SECRET_PREVIOUS is shorter than 32"],
  ["no app id", { APP_ID: undefined }, "APP_ID is missing"],
  ["a word for an app id", { APP_ID: "tidemark" }, "APP_ID is not a number"],
  ["no key", { PRIVATE_KEY: undefined }, "PRIVATE_KEY is missing or empty"],
  ["a key that is no PEM", { PRIVATE_KEY: "hunter2-hunter2" }, "PRIVATE_KEY holds no RSA private key in PEM form"],
  ["a cut-off key", { PRIVATE_KEY: privateKey.slice(0, 200) }, "PRIVATE_KEY holds no RSA private key in PEM form"],
  ["a key file that is not there", { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "/nowhere" }, "cannot be read (ENOENT)"],
  ["a port out of range", { PORT: "70000" }, "PORT must lie between 0 and 65535"],
  ["a port that is no number", { PORT: "http" }, "PORT is not a whole number"],
  ["an address that is none", { GITHUB_API_URL: "github" }, "GITHUB_API_URL is not an http(s) address"],
  ["a clear-text address", { GITHUB_API_URL: "http://github.example" }, "GITHUB_API_URL must begin with https://"],
  ["a level that is none", { LOG_LEVEL: "loud" }, "LOG_LEVEL must be trace, debug"],
])("refuses %s in one sentence that holds no value (F-30)", (_, change, sentence) => {
  const environment = { ...good, ...change };
  const refusal = refusalOf(() => readSettings(environment));
  expect(refusal).toContain(sentence);
  expect(refusal).not.toContain("\n");
  for (const value of ["hunter2", secret, privateKey.slice(40, 80), "x".repeat(31)])
    expect(refusal).not.toContain(value);
});

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("It was not refused.");
}
