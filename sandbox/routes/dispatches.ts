import { z } from "zod";
import { type Answer, noContent } from "../http/answer.ts";
import { invalid } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, type Route, route } from "../http/route.ts";
import { requestedWorkflow } from "./actions.ts";
import { resolveCommit } from "./commits.ts";

const MAX_INPUTS = 25;
const MAX_PAYLOAD_KEYS = 10;
const MAX_PAYLOAD_CHARACTERS = 65_535;

const WorkflowRequest = z.object({
  ref: z.string(),
  inputs: z.record(z.string(), z.unknown()).default({}),
});

async function dispatchWorkflow(call: Call): Promise<Answer> {
  const workflow = requestedWorkflow(call);
  const { ref, inputs } = call.read(WorkflowRequest);
  if (Object.keys(inputs).length > MAX_INPUTS) throw invalid(`you may only define up to ${MAX_INPUTS} inputs`);
  await resolveCommit(call, ref).catch(() => {
    throw invalid(`No ref found for: ${ref}`);
  });
  const payload = { inputs, ref: ref.startsWith("refs/") ? ref : `refs/heads/${ref}`, workflow: workflow.path };
  call.events.emit(call.actor, call.repository, { name: "workflow_dispatch", payload });
  return noContent();
}

const RepositoryRequest = z.object({
  event_type: z.string().min(1).max(100),
  client_payload: z.record(z.string(), z.unknown()).default({}),
});

function dispatchRepository(call: Call): Answer {
  const { event_type, client_payload } = call.read(RepositoryRequest);
  if (Object.keys(client_payload).length > MAX_PAYLOAD_KEYS) {
    throw invalid(
      `No more than ${MAX_PAYLOAD_KEYS} properties are allowed; ${Object.keys(client_payload).length} were supplied.`,
    );
  }
  if (JSON.stringify(client_payload).length > MAX_PAYLOAD_CHARACTERS) throw invalid("client_payload is too large.");
  const payload = { branch: call.repository.defaultBranch, client_payload };
  call.events.emit(call.actor, call.repository, { name: "repository_dispatch", action: event_type, payload });
  return noContent();
}

export const dispatchRoutes: readonly Route[] = [
  route(
    "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches",
    needs("actions:write"),
    dispatchWorkflow,
  ),
  route("POST /repos/{owner}/{repo}/dispatches", needs("contents:write"), dispatchRepository),
];
