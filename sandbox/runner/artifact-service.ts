import { type Context, Hono } from "hono";
import { z } from "zod";
import type { World } from "../http/world.ts";
import type { Repository } from "../model/repository.ts";
import type { Artifact, Run } from "../model/workflow.ts";
import { signedUrl } from "./blob-door.ts";
import type { BlobStore } from "./blob-store.ts";

const SERVICE = "/twirp/github.actions.results.api.v1.ArtifactService";

/** A protobuf StringValue arrives as a plain string in JSON. */
const Wrapped = z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)]).optional();

const Ids = { workflow_run_backend_id: z.string(), workflow_job_run_backend_id: z.string() };
const NamedRequest = z.object({ ...Ids, name: z.string().default("") });
const CreateRequest = z.object({ ...Ids, name: z.string(), mime_type: Wrapped, expires_at: z.string().optional() });
const FinalizeRequest = z.object({ ...Ids, name: z.string(), size: z.coerce.number().default(0), hash: Wrapped });
const ListRequest = z.object({ ...Ids, name_filter: Wrapped, id_filter: Wrapped });

interface Job {
  readonly world: World;
  readonly blobs: BlobStore;
  readonly repository: Repository;
  readonly run: Run;
  readonly body: unknown;
}

class TwirpError extends Error {
  override readonly name = "TwirpError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The service behind actions/upload-artifact and download-artifact, version 4 protocol. */
export function twirpRoutes(world: World, blobs: BlobStore): Hono {
  const methods: Readonly<Record<string, (job: Job) => unknown>> = {
    CreateArtifact: createArtifact,
    FinalizeArtifact: finalizeArtifact,
    ListArtifacts: listArtifacts,
    GetSignedArtifactURL: signedArtifactUrl,
    DeleteArtifact: deleteArtifact,
  };
  const app = new Hono();
  app.post(`${SERVICE}/:method`, async (context) => {
    try {
      const method = methods[context.req.param("method")];
      if (!method) throw new TwirpError(404, "bad_route", "no such method");
      return context.json(await method(await readJob(context, world, blobs)));
    } catch (error) {
      if (!(error instanceof TwirpError)) throw error;
      return Response.json({ code: error.code, msg: error.message }, { status: error.status });
    }
  });
  return app;
}

async function readJob(context: Context, world: World, blobs: BlobStore): Promise<Job> {
  const token = (context.req.header("authorization") ?? "").replace(/^Bearer /i, "");
  const runId = backendIdOf(token);
  const body: unknown = await context.req.json();
  for (const repository of world.state.repositories.values()) {
    for (const run of repository.runs.values()) {
      if (run.backendId === runId) return { world, blobs, repository, run, body };
    }
  }
  throw new TwirpError(401, "unauthenticated", "the runtime token names no running job");
}

/** The run in the token's `Actions.Results:<run>:<job>` scope. */
function backendIdOf(token: string): string | undefined {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  return /Actions\.Results:([^: "]+):[^: "]+/.exec(payload)?.[1];
}

function read<Schema extends z.ZodType>(job: Job, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(job.body);
  if (!parsed.success) throw new TwirpError(400, "invalid_argument", parsed.error.message);
  return parsed.data;
}

const RETENTION_DAYS = 90;

function createArtifact(job: Job) {
  const { state } = job.world;
  const request = read(job, CreateRequest);
  if (ofRun(job).some(({ name, finalized }) => name === request.name && finalized)) {
    throw new TwirpError(409, "already_exists", "an artifact with this name already exists on the workflow run");
  }
  const artifact: Artifact = {
    id: state.nextId(),
    name: request.name,
    runId: job.run.id,
    jobBackendId: job.run.jobBackendId,
    mimeType: request.mime_type ?? "application/zip",
    createdAt: state.now(),
    expiresAt: request.expires_at ?? new Date(Date.now() + RETENTION_DAYS * 86_400_000).toISOString(),
    blobId: job.blobs.newId(),
    sizeBytes: 0,
    digest: null,
    finalized: false,
  };
  job.repository.artifacts.set(artifact.id, artifact);
  return { ok: true, signed_upload_url: urlFor(job, artifact, "write") };
}

function urlFor(job: Job, artifact: Artifact, access: "read" | "write"): string {
  const isZip = artifact.mimeType === "application/zip" || artifact.mimeType === "zip";
  const fileName = isZip ? `${artifact.name}.zip` : artifact.name;
  return signedUrl(job.world, job.blobs, { id: artifact.blobId, access, fileName, contentType: artifact.mimeType });
}

const ofRun = ({ repository, run }: Job): Artifact[] =>
  [...repository.artifacts.values()].filter(({ runId }) => runId === run.id);

function named(job: Job, name: string): Artifact {
  const found = ofRun(job).findLast((artifact) => artifact.name === name);
  if (!found) throw new TwirpError(404, "not_found", `artifact "${name}" not found`);
  return found;
}

function finalizeArtifact(job: Job) {
  const request = read(job, FinalizeRequest);
  const artifact = named(job, request.name);
  artifact.sizeBytes = request.size;
  artifact.digest = request.hash ?? null;
  artifact.finalized = true;
  return { ok: true, artifact_id: String(artifact.id) };
}

function listArtifacts(job: Job) {
  const { name_filter: name, id_filter: id } = read(job, ListRequest);
  const found = ofRun(job)
    .filter(({ finalized }) => finalized)
    .filter(
      (artifact) => (name === undefined || artifact.name === name) && (id === undefined || String(artifact.id) === id),
    );
  return {
    artifacts: found.map((artifact) => ({
      workflow_run_backend_id: job.run.backendId,
      workflow_job_run_backend_id: artifact.jobBackendId,
      database_id: String(artifact.id),
      name: artifact.name,
      size: String(artifact.sizeBytes),
      created_at: artifact.createdAt,
      ...(artifact.digest !== null && { digest: artifact.digest }),
    })),
  };
}

function signedArtifactUrl(job: Job) {
  return { signed_url: urlFor(job, named(job, read(job, NamedRequest).name), "read") };
}

async function deleteArtifact(job: Job) {
  const artifact = named(job, read(job, NamedRequest).name);
  job.repository.artifacts.delete(artifact.id);
  await job.blobs.delete(artifact.blobId);
  return { ok: true, artifact_id: String(artifact.id) };
}
