import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { s3Bucket } from "#adapters/s3/bucket";
import { credentialsFrom } from "#adapters/s3/web-identity";
import { temporaryFolder } from "#test/support/temporary-folder";
import { describeBucket } from "./bucket-suite.ts";
import { startCeph } from "./ceph.ts";
import { describeCollecting } from "./collect-suite.ts";
import { describeFaults } from "./fault-suite.ts";
import { startMoto } from "./moto.ts";
import { rawRequest } from "./raw-request.ts";
import { BUCKET, bytes, everyKey, fileOf, sceneAt } from "./scene.ts";
import type { S3Server } from "./server.ts";
import { describeStore } from "./store-suite.ts";

describe.each([
  ["Ceph's RADOS Gateway", startCeph],
  ["moto", startMoto],
] as const)("%s", (name, start) => {
  let server: S3Server;
  const scene = sceneAt(() => server);

  beforeAll(async () => {
    server = await start();
    await rawRequest(server, "PUT", `/${BUCKET}`);
  });

  afterAll(() => server?.stop());

  describeBucket(name, scene);
  describeFaults(scene);
  describeStore(scene);
  describeCollecting(name, scene);

  // The gateway would need an OpenID provider of its own; a skipped test fails the run.
  if (name !== "moto") return;

  test("a role's keys are had for a web identity and open the bucket", async () => {
    const token = join(await temporaryFolder(), "token");
    await writeFile(token, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJqb2IifQ.c2ln\n");
    const environment = {
      AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/collect-data",
      AWS_WEB_IDENTITY_TOKEN_FILE: token,
      AWS_ENDPOINT_URL_STS: server.endpoint,
    };
    const credentials = credentialsFrom({ environment });
    expect(await credentials()).toMatchObject({ source: "web identity", sessionToken: expect.any(String) });
    const bucket = s3Bucket({ ...scene.options(), credentials });
    await bucket.put("a", await fileOf(bytes(10, 1)), "once");
    expect(await everyKey(bucket)).toEqual(["a"]);
  });
});
