import { type Answer, noContent, ok, pageIn, redirect } from "../http/answer.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, type Route, route } from "../http/route.ts";
import type { Artifact, Run, Workflow } from "../model/workflow.ts";
import { artifactItem, runItem, workflowItem } from "../resources/workflow.ts";
import { signedUrl } from "../runner/blob-door.ts";
import type { BlobStore } from "../runner/blob-store.ts";

/** By number or by file name, as GitHub accepts both. */
export function requestedWorkflow(call: Call): Workflow {
  const wanted = call.parameter("workflow_id");
  const workflow = [...call.repository.workflows.values()].find(
    ({ id, path }) => String(id) === wanted || path.split("/").at(-1) === wanted,
  );
  if (!workflow) throw notFound();
  return workflow;
}

const EQUAL_FILTERS = { head_sha: "headSha", event: "event", branch: "headBranch" } as const;

function listRuns(call: Call, runs: readonly Run[]): Promise<Answer> {
  const status = call.query("status");
  const actor = call.query("actor");
  const found = runs
    .filter((run) =>
      Object.entries(EQUAL_FILTERS).every(([name, field]) => [undefined, run[field]].includes(call.query(name))),
    )
    .filter((run) => status === undefined || run.status === status || run.conclusion === status)
    .filter((run) => actor === undefined || run.actor.login === actor);
  return pageIn(call, { name: "workflow_runs", items: found.reverse() }, (run) =>
    runItem(call.state, call.repository, run),
  );
}

function requestedRun(call: Call): Run {
  const run = call.repository.runs.get(call.number("run_id"));
  if (!run) throw notFound();
  return run;
}

function listArtifacts(call: Call, wanted: (artifact: Artifact) => boolean): Promise<Answer> {
  const name = call.query("name");
  const found = [...call.repository.artifacts.values()]
    .filter((artifact) => artifact.finalized && wanted(artifact))
    .filter((artifact) => name === undefined || artifact.name === name);
  return pageIn(call, { name: "artifacts", items: found.reverse() }, (artifact) =>
    artifactItem(call.state, call.repository, artifact),
  );
}

function requestedArtifact(call: Call): Artifact {
  const artifact = call.repository.artifacts.get(call.number("artifact_id"));
  if (!artifact?.finalized) throw notFound();
  return artifact;
}

function download(call: Call, blobs: BlobStore): Answer {
  // Even public artifacts want a token.
  if (call.actor.kind === "anonymous") throw new ApiError(401, "Requires authentication");
  const { blobId: id, name, mimeType, expiresAt } = requestedArtifact(call);
  if (Date.parse(expiresAt) <= Date.now()) throw new ApiError(410, "Artifact has expired");
  const contentType = mimeType === "zip" ? "application/zip" : mimeType;
  const fileName = contentType === "application/zip" ? `${name}.zip` : name;
  return redirect(signedUrl(call, blobs, { id, access: "read", fileName, contentType }));
}

const ACTIONS = "/repos/{owner}/{repo}/actions";
const reads = needs("actions:read");

export function actionsRoutes(blobs: BlobStore): readonly Route[] {
  return [
    route(`GET ${ACTIONS}/workflows`, reads, (call) =>
      pageIn(call, { name: "workflows", items: [...call.repository.workflows.values()] }, (workflow) =>
        workflowItem(call.state, call.repository, workflow),
      ),
    ),
    route(`GET ${ACTIONS}/workflows/{workflow_id}`, reads, (call) =>
      ok(workflowItem(call.state, call.repository, requestedWorkflow(call))),
    ),
    route(`GET ${ACTIONS}/workflows/{workflow_id}/runs`, reads, (call) => {
      const { id } = requestedWorkflow(call);
      return listRuns(
        call,
        [...call.repository.runs.values()].filter((run) => run.workflow.id === id),
      );
    }),
    route(`GET ${ACTIONS}/runs`, reads, (call) => listRuns(call, [...call.repository.runs.values()])),
    route(`GET ${ACTIONS}/runs/{run_id}`, reads, async (call) =>
      ok(await runItem(call.state, call.repository, requestedRun(call))),
    ),
    route(`GET ${ACTIONS}/runs/{run_id}/artifacts`, reads, (call) => {
      const { id } = requestedRun(call);
      return listArtifacts(call, (artifact) => artifact.runId === id);
    }),
    ...artifactRoutes(blobs),
  ];
}

function artifactRoutes(blobs: BlobStore): readonly Route[] {
  return [
    route(`GET ${ACTIONS}/artifacts`, reads, (call) => listArtifacts(call, () => true)),
    route(`GET ${ACTIONS}/artifacts/{artifact_id}`, reads, (call) =>
      ok(artifactItem(call.state, call.repository, requestedArtifact(call))),
    ),
    route(`GET ${ACTIONS}/artifacts/{artifact_id}/zip`, reads, (call) => download(call, blobs)),
    route(`DELETE ${ACTIONS}/artifacts/{artifact_id}`, needs("actions:write"), async (call) => {
      const { id, blobId } = requestedArtifact(call);
      call.repository.artifacts.delete(id);
      await blobs.delete(blobId);
      return noContent();
    }),
  ];
}
