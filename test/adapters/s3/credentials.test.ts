import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environmentCredentials } from "#adapters/s3/credentials";
import { realSurroundings } from "#adapters/s3/surroundings";
import { credentialsFrom } from "#adapters/s3/web-identity";
import { loopback } from "#test/support/loopback";
import { temporaryFolder } from "#test/support/temporary-folder";

const TOKEN = "aaaa.bbbb.cccc";

test("keys come from the variables of Amazon's tools", async () => {
  const environment = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "" };
  expect(await credentialsFrom({ environment })()).toEqual({
    accessKeyId: "id",
    secretAccessKey: "secret",
    sessionToken: undefined,
    source: "environment",
  });
});

test("a variable that is not set is named", async () => {
  await expect(environmentCredentials({ AWS_ACCESS_KEY_ID: "id" })()).rejects.toMatchObject({
    code: "STORE_CREDENTIALS",
    problem: "The variable AWS_SECRET_ACCESS_KEY is not set.",
  });
});

test.each(["word-7\n", " word-7", "wo rd-7", "wörd-7"])(
  "F-77: a variable that holds %j is named and not shown",
  async (value) => {
    const error = await environmentCredentials({ AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: value })().catch(
      String,
    );
    expect(error).toMatch(/AWS_SECRET_ACCESS_KEY holds a space/);
    expect(error).not.toContain(value.trim());
  },
);

async function tokenService(answer: (calls: number) => { readonly status: number; readonly text: string }) {
  const forms: URLSearchParams[] = [];
  const endpoint = await loopback(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    forms.push(new URLSearchParams(body));
    const { status, text } = answer(forms.length);
    response.writeHead(status).end(text);
  });
  const file = join(await temporaryFolder(), "token");
  await writeFile(file, `${TOKEN}\n`);
  let now = Date.parse("2026-01-01T00:00:00Z");
  const environment = {
    AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/collect",
    AWS_WEB_IDENTITY_TOKEN_FILE: file,
    AWS_ROLE_SESSION_NAME: "run 7/1",
  };
  const later = (minutes: number) => {
    now += minutes * 60_000;
  };
  const surroundings = { ...realSurroundings, now: () => new Date(now), pause: async () => undefined };
  const credentials = credentialsFrom({ environment, endpoint }, surroundings);
  return { credentials, forms, file, later };
}

const keysUntil = (time: string, name: string) => `<AssumeRoleWithWebIdentityResponse
  xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
  <AccessKeyId>${name}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>session</SessionToken>
  <Expiration>${time}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;

test("a web identity's keys are fetched once, and again five minutes before they expire", async () => {
  const { credentials, forms, file, later } = await tokenService((calls) => {
    const time = calls === 1 ? "2026-01-01T01:00:00Z" : "2026-01-01T02:00:00Z";
    return { status: 200, text: keysUntil(time, `id-${calls}`) };
  });
  expect(await credentials()).toEqual({
    accessKeyId: "id-1",
    secretAccessKey: "secret",
    sessionToken: "session",
    source: "web identity",
  });
  later(54);
  expect((await credentials()).accessKeyId).toBe("id-1");
  later(2);
  await writeFile(file, "renewed.by.runner");
  const several = await Promise.all([credentials(), credentials(), credentials()]);
  expect(several.map(({ accessKeyId }) => accessKeyId)).toEqual(["id-2", "id-2", "id-2"]);
  expect(forms.map((form) => form.get("WebIdentityToken"))).toEqual([TOKEN, "renewed.by.runner"]);
  expect(Object.fromEntries(forms[0] ?? [])).toMatchObject({
    Action: "AssumeRoleWithWebIdentity",
    RoleArn: "arn:aws:iam::123456789012:role/collect",
    RoleSessionName: "run-7-1",
  });
});

test("a busy token service is asked again", async () => {
  const { credentials, forms } = await tokenService((calls) =>
    calls < 3 ? { status: 503, text: "" } : { status: 200, text: keysUntil("2026-01-01T01:00:00Z", "id") },
  );
  expect((await credentials()).accessKeyId).toBe("id");
  expect(forms).toHaveLength(3);
});

test("F-77: a refusal names the role's variable and quotes no token", async () => {
  const text = `<ErrorResponse><Error><Code>InvalidIdentityToken</Code><Message>${TOKEN}</Message></Error></ErrorResponse>`;
  const { credentials, file } = await tokenService(() => ({ status: 400, text }));
  const error = await credentials().catch(String);
  expect(error).toMatch(/AWS_ROLE_ARN: InvalidIdentityToken/);
  expect(error).not.toContain(TOKEN);
  await writeFile(file, "no token but a password");
  expect(await credentials().catch(String)).toMatch(/AWS_WEB_IDENTITY_TOKEN_FILE names holds no OpenID token/);
});

test("an answer without keys is no answer", async () => {
  const { credentials } = await tokenService(() => ({ status: 200, text: "<html></html>" }));
  await expect(credentials()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
});
