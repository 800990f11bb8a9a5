import { z } from "zod";
import { appOf } from "../auth/actor.ts";
import { announceCheckRun, checkCompleted, ensureSuite } from "../effects/check.ts";
import { type Answer, created, ok, page, pageIn } from "../http/answer.ts";
import { ApiError, invalid, notAccessible, notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, needsApp, type Route, route } from "../http/route.ts";
import type { Annotation, CheckRun } from "../model/check.ts";
import { checkRunItem, checkSuiteItem, suiteRuns } from "../resources/check.ts";
import { resolveCommit } from "./commits.ts";

/** GitHub takes this many per request; later requests append. */
const MAX_ANNOTATIONS = 50;
const MAX_TEXT_CHARACTERS = 65_535;

const AnnotationRequest = z.object({
  path: z.string(),
  start_line: z.number().int(),
  end_line: z.number().int(),
  start_column: z.number().int().nullish(),
  end_column: z.number().int().nullish(),
  annotation_level: z.enum(["notice", "warning", "failure"]),
  message: z.string(),
  title: z.string().nullish(),
  raw_details: z.string().nullish(),
});

const text = z.string().max(MAX_TEXT_CHARACTERS, `Only ${MAX_TEXT_CHARACTERS} characters are allowed`);

const CheckRequest = z.object({
  name: z.string().min(1).optional(),
  head_sha: z.string().optional(),
  details_url: z.string().nullish(),
  external_id: z.string().optional(),
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  conclusion: z
    .enum(["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required", "stale"])
    .optional(),
  started_at: z.string().optional(),
  completed_at: z.string().optional(),
  output: z
    .object({
      title: z.string().nullish(),
      summary: text.nullish(),
      text: text.nullish(),
      annotations: z.array(AnnotationRequest).max(MAX_ANNOTATIONS, "No more than 50 items are allowed").default([]),
    })
    .optional(),
});

type CheckRequest = z.output<typeof CheckRequest>;

async function createCheckRun(call: Call): Promise<Answer> {
  const request = call.read(CheckRequest);
  const { name, head_sha: headSha } = request;
  if (name === undefined || headSha === undefined)
    throw invalid(`Invalid request.\n\n"name" and "head_sha" must be supplied.`);
  const app = appOf(call.actor);
  if (!app) throw notAccessible();
  if ((await call.repository.git.commitSha(headSha)) !== headSha) throw invalid(`No commit found for SHA: ${headSha}`);
  const headBranch = await branchAt(call, headSha);
  const suite = await ensureSuite(call, call.repository, { app, headSha, headBranch, beforeSha: null });
  const run: CheckRun = {
    id: call.state.nextId(),
    suite,
    app,
    name,
    headSha,
    status: "queued",
    conclusion: null,
    detailsUrl: null,
    externalId: "",
    startedAt: call.state.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
  };
  call.repository.checkRuns.set(run.id, run);
  apply(call, run, request);
  await announceCheckRun(call, call.repository, { run, action: "created" });
  if (run.status === "completed") await checkCompleted(call, call.repository, run);
  return created(checkRunItem(call.state, call.repository, run));
}

async function branchAt(call: Call, sha: string): Promise<string | null> {
  const refs = await call.repository.git.refs("refs/heads/");
  const found = [...refs].find(([, target]) => target.sha === sha);
  return found ? found[0].slice("refs/heads/".length) : null;
}

async function updateCheckRun(call: Call): Promise<Answer> {
  const run = requestedRun(call);
  const app = appOf(call.actor);
  if (app?.id !== run.app.id) {
    const message = `Invalid app_id \`${app?.id}\` - check run can only be modified by the GitHub App that created it.`;
    throw new ApiError(403, message);
  }
  const wasCompleted = run.status === "completed";
  apply(call, run, call.read(CheckRequest));
  if (run.status === "completed" && !wasCompleted) await checkCompleted(call, call.repository, run);
  return ok(checkRunItem(call.state, call.repository, run));
}

/** A conclusion completes the run, whatever `status` says. */
function statusAfter(run: CheckRun, request: CheckRequest): CheckRun["status"] | undefined {
  if (request.conclusion !== undefined) return "completed";
  if (request.status === "completed" && run.conclusion === null) {
    throw invalid(`Invalid request.\n\n"conclusion" is required when "status" is "completed".`);
  }
  return request.status;
}

function apply(call: Call, run: CheckRun, request: CheckRequest): void {
  const status = statusAfter(run, request);
  run.name = request.name ?? run.name;
  run.detailsUrl = request.details_url ?? run.detailsUrl;
  run.externalId = request.external_id ?? run.externalId;
  run.startedAt = request.started_at ?? run.startedAt;
  run.status = status ?? run.status;
  const isCompleted = run.status === "completed";
  run.conclusion = isCompleted ? (request.conclusion ?? run.conclusion) : null;
  run.completedAt = isCompleted ? (request.completed_at ?? run.completedAt ?? call.state.now()) : null;
  if (request.output) applyOutput(run, request.output);
}

function applyOutput(run: CheckRun, output: NonNullable<CheckRequest["output"]>): void {
  const { title, summary, text: long } = output;
  run.output = {
    title: title ?? run.output.title,
    summary: summary ?? run.output.summary,
    text: long ?? run.output.text,
  };
  run.annotations.push(...output.annotations.map(toAnnotation));
}

function toAnnotation(given: z.output<typeof AnnotationRequest>): Annotation {
  const { start_column = null, end_column = null, title = null, raw_details = null, ...rest } = given;
  return { ...rest, start_column, end_column, title, raw_details };
}

function requestedRun(call: Call): CheckRun {
  const run = call.repository.checkRuns.get(call.number("check_run_id"));
  if (!run) throw notFound();
  return run;
}

async function rerequest(call: Call): Promise<Answer> {
  await announceCheckRun(call, call.repository, { run: requestedRun(call), action: "rerequested" });
  return created({});
}

async function runsForRef(call: Call): Promise<Answer> {
  const sha = await resolveCommit(call, call.parameter("ref"));
  return listRuns(
    call,
    [...call.repository.checkRuns.values()].filter((run) => run.headSha === sha),
  );
}

function listRuns(call: Call, runs: readonly CheckRun[]): Promise<Answer> {
  const name = call.query("check_name");
  const appId = call.query("app_id");
  const status = call.query("status");
  const found = runs
    .filter((run) => name === undefined || run.name === name)
    .filter((run) => appId === undefined || String(run.app.id) === appId)
    .filter((run) => status === undefined || run.status === status);
  const shown = call.query("filter") === "all" ? found : latestByName(found);
  return pageIn(call, { name: "check_runs", items: shown.reverse() }, (run) =>
    checkRunItem(call.state, call.repository, run),
  );
}

function latestByName(runs: readonly CheckRun[]): CheckRun[] {
  return [...new Map(runs.map((run) => [`${run.app.id}:${run.name}`, run])).values()];
}

async function suitesForRef(call: Call): Promise<Answer> {
  const sha = await resolveCommit(call, call.parameter("ref"));
  const appId = call.query("app_id");
  const items = [...call.repository.suites.values()]
    .filter((suite) => suite.headSha === sha)
    .filter((suite) => appId === undefined || String(suite.app.id) === appId);
  return pageIn(call, { name: "check_suites", items }, (suite) => checkSuiteItem(call.state, call.repository, suite));
}

function requestedSuite(call: Call) {
  const suite = call.repository.suites.get(call.number("check_suite_id"));
  if (!suite) throw notFound();
  return suite;
}

function listAnnotations(call: Call): Promise<Answer> {
  const run = requestedRun(call);
  const blob_href = `${call.state.url}/${call.repository.fullName}/blob/${run.headSha}`;
  return page(call, run.annotations, (annotation) => ({ ...annotation, blob_href: `${blob_href}/${annotation.path}` }));
}

const RUN = "/repos/{owner}/{repo}/check-runs/{check_run_id}";
const SUITE = "/repos/{owner}/{repo}/check-suites/{check_suite_id}";

export const checkRoutes: readonly Route[] = [
  route("POST /repos/{owner}/{repo}/check-runs", needsApp("checks:write"), createCheckRun),
  route(`GET ${RUN}`, needs("checks:read"), (call) =>
    ok(checkRunItem(call.state, call.repository, requestedRun(call))),
  ),
  route(`PATCH ${RUN}`, needsApp("checks:write"), updateCheckRun),
  route(`GET ${RUN}/annotations`, needs("checks:read"), listAnnotations),
  route(`POST ${RUN}/rerequest`, needs("checks:write"), rerequest),
  route("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", needs("checks:read"), runsForRef),
  route("GET /repos/{owner}/{repo}/commits/{ref}/check-suites", needs("checks:read"), suitesForRef),
  route(`GET ${SUITE}`, needs("checks:read"), async (call) =>
    ok(await checkSuiteItem(call.state, call.repository, requestedSuite(call))),
  ),
  route(`GET ${SUITE}/check-runs`, needs("checks:read"), (call) =>
    listRuns(call, suiteRuns(call.repository, requestedSuite(call))),
  ),
];
