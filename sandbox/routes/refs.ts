import { z } from "zod";
import { refMoved } from "../effects/push.ts";
import { isAncestor } from "../git/history.ts";
import { ZERO_SHA } from "../git/store.ts";
import { type Answer, created, noContent, ok, page } from "../http/answer.ts";
import { invalid, notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, type Route, route } from "../http/route.ts";
import { gitRef } from "../resources/commit.ts";

async function refTarget(call: Call): Promise<{ ref: string; sha: string; type: string }> {
  const ref = `refs/${call.parameter("ref")}`;
  const target = (await call.repository.git.refs(ref)).get(ref);
  if (!target) throw notFound();
  return { ref, ...target };
}

async function matchingRefs(call: Call): Promise<Answer> {
  const refs = await call.repository.git.refs(`refs/${call.parameter("ref")}`);
  return page(call, [...refs], ([ref, target]) => gitRef(call.state, call.repository, { ref, ...target }));
}

const Sha = z.string().regex(/^[0-9a-f]{40}$/, "must be a 40 character SHA1");
const CreateRequest = z.object({ ref: z.string(), sha: Sha });

async function createRef(call: Call): Promise<Answer> {
  const { ref, sha } = call.read(CreateRequest);
  const { git } = call.repository;
  if (!/^refs\/[^/]+\/./.test(ref) || !(await git.isValidRef(ref)))
    throw invalid("Reference name must start with 'refs/' and contain at least two slashes.");
  if (!(await git.info(sha))) throw invalid("Object does not exist");
  const move = { ref, from: ZERO_SHA, to: sha };
  if (!(await git.moveRef(move))) throw invalid("Reference already exists");
  await refMoved(call, call.repository, move);
  return created(gitRef(call.state, call.repository, { ref, sha }));
}

const UpdateRequest = z.object({ sha: Sha, force: z.boolean().default(false) });

async function updateRef(call: Call): Promise<Answer> {
  const { sha, force } = call.read(UpdateRequest);
  const { git } = call.repository;
  const target = await refTarget(call).catch(() => undefined);
  if (!target) throw invalid("Reference does not exist");
  if (!(await git.commitSha(sha))) throw invalid("Object does not exist");
  if (!force && !(await isAncestor(git, target.sha, sha))) throw invalid("Update is not a fast forward");
  const move = { ref: target.ref, from: target.sha, to: sha };
  if (!(await git.moveRef(move))) throw invalid("Reference cannot be updated");
  if (move.from !== move.to) await refMoved(call, call.repository, move);
  return ok(gitRef(call.state, call.repository, { ref: target.ref, sha }));
}

async function deleteRef(call: Call): Promise<Answer> {
  const target = await refTarget(call).catch(() => undefined);
  if (!target) throw invalid("Reference does not exist");
  const move = { ref: target.ref, from: target.sha, to: ZERO_SHA };
  if (!(await call.repository.git.moveRef(move))) throw invalid("Reference does not exist");
  await refMoved(call, call.repository, move);
  return noContent();
}

export const refRoutes: readonly Route[] = [
  route("GET /repos/{owner}/{repo}/git/ref/{ref}", needs("contents:read"), async (call) =>
    ok(gitRef(call.state, call.repository, await refTarget(call))),
  ),
  route("GET /repos/{owner}/{repo}/git/matching-refs/{ref}", needs("contents:read"), matchingRefs),
  route("POST /repos/{owner}/{repo}/git/refs", needs("contents:write"), createRef),
  route("PATCH /repos/{owner}/{repo}/git/refs/{ref}", needs("contents:write"), updateRef),
  route("DELETE /repos/{owner}/{repo}/git/refs/{ref}", needs("contents:write"), deleteRef),
];
