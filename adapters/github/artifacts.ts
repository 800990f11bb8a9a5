import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { ArtifactLimits, ArtifactSource } from "#core/ports/artifacts";
import type { Client } from "./client.ts";
import { downloadTo } from "./download.ts";
import { everyItem } from "./pages.ts";
import { refusedArtifact, unpack } from "./unpack.ts";

const Artifact = z.object({
  id: z.number(),
  name: z.string(),
  expired: z.boolean(),
  size_in_bytes: z.number(),
});
type Artifact = z.output<typeof Artifact>;

export function runArtifacts(client: Client): ArtifactSource {
  return {
    names: async (runId) => {
      const found = await list(client, runId);
      return [...new Set(found.map(({ name }) => name))].sort();
    },
    download: async (runId, name, ...[folder, limits]) => {
      const found = (await list(client, runId, name)).filter((artifact) => artifact.name === name);
      const [artifact, second] = found;
      if (artifact === undefined) return undefined;
      if (second !== undefined) throw refusedArtifact(name, `run ${runId} has ${found.length} artifacts of this name`);
      return fetchAndUnpack(client, artifact, { folder, limits });
    },
  };
}

async function list(client: Client, runId: number, name?: string): Promise<Artifact[]> {
  const artifacts = await everyItem(client, {
    route: "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts",
    item: Artifact,
    field: "artifacts",
    parameters: { run_id: runId, ...(name !== undefined && { name }) },
  });
  return artifacts.filter(({ expired }) => !expired);
}

interface Destination {
  readonly folder: string;
  readonly limits: ArtifactLimits;
}

async function fetchAndUnpack(
  client: Client,
  { id, name, size_in_bytes: size }: Artifact,
  { folder, limits }: Destination,
): Promise<readonly string[]> {
  if (size > limits.maxBytes) throw refusedArtifact(name, `it has ${size} bytes; at most ${limits.maxBytes} are read`);
  const temporary = await mkdtemp(join(tmpdir(), "tidemark-artifact-"));
  try {
    const zip = join(temporary, "artifact.zip");
    const route = "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}";
    const parameters = { artifact_id: id, archive_format: "zip" };
    await downloadTo(client, { route, parameters, maxBytes: limits.maxBytes }, zip);
    return await unpack({ zip, name, limits }, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
