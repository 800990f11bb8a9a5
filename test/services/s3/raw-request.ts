import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import type { S3Server } from "./server.ts";

/** A request of the tests' own to prepare or look at a server, apart from the code under test. */
export async function rawRequest(server: S3Server, method: string, path: string, body = ""): Promise<string> {
  const sha256 = createHash("sha256").update(body).digest("hex");
  const url = server.endpoint + path;
  const signer = new AwsV4Signer({
    ...server.keys,
    method,
    url,
    headers: { "x-amz-content-sha256": sha256 },
    body,
    service: "s3",
    region: "us-east-1",
  });
  const { headers } = await signer.sign();
  const answer = await fetch(url, { method, headers, ...(body === "" ? {} : { body }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text;
}
