import { z } from "zod";
import { Digest, shortDigest } from "#core/digest";
import type { Release } from "#core/ports/deploy-target";
import { isRunning, type ServerProcess } from "./server-process.ts";

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** The model metadata of the Open Inference Protocol, version 2; the digest is our own property. */
const Metadata = z.object({ properties: z.object({ "model.digest": Digest }) });

const ANSWER_MS = 2_000;
const POLL_MS = 100;

export interface Probe {
  readonly digest: Digest;
  readonly ready: boolean;
}

/** What the server says of itself; undefined when none answers or it does not know the model. */
export async function probe({ host, port }: Place, model: string): Promise<Probe | undefined> {
  const base = `http://${host.includes(":") ? `[${host}]` : host}:${port}/v2`;
  const metadata = await ask(`${base}/models/${encodeURIComponent(model)}`);
  if (metadata === undefined || !metadata.ok) return undefined;
  const parsed = Metadata.safeParse(await metadata.json().catch(() => undefined));
  if (!parsed.success) return undefined;
  const ready = await ask(`${base}/health/ready`);
  await ready?.body?.cancel();
  return { digest: parsed.data.properties["model.digest"], ready: ready?.ok === true };
}

/** A server that does not answer is one that is not there; no redirect is followed. */
function ask(url: string): Promise<Response | undefined> {
  const options = { signal: AbortSignal.timeout(ANSWER_MS), redirect: "error" } as const;
  return fetch(url, options).catch(() => undefined);
}

interface Candidate extends Place {
  readonly process: ServerProcess;
}

/** Waits until the server is ready with the right model. @returns why it is not, or undefined when it is */
export async function untilHealthy(
  candidate: Candidate,
  { model, digest }: Release,
  timeoutSeconds: number,
): Promise<string | undefined> {
  const deadline = performance.now() + timeoutSeconds * 1_000;
  let reason = "it never answered";
  while (performance.now() < deadline) {
    if (!(await isRunning(candidate.process))) return "the process ended";
    const found = await probe(candidate, model);
    if (found?.ready && found.digest !== digest) return wrongDigest(found.digest, digest);
    if (found?.ready) return undefined;
    if (found !== undefined) reason = "it answered but was not ready";
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return `${reason} within ${timeoutSeconds} seconds`;
}

function wrongDigest(found: Digest, wanted: Digest): string {
  return `it serves ${shortDigest(found)} and not ${shortDigest(wanted)}`;
}
