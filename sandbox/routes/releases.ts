import { z } from "zod";
import { refMoved } from "../effects/push.ts";
import { ZERO_SHA } from "../git/store.ts";
import { type Answer, created, noContent, ok, page } from "../http/answer.ts";
import { notFound, validationFailed } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, type Route, route } from "../http/route.ts";
import type { Release } from "../model/release.ts";
import { releaseItem } from "../resources/release.ts";
import { resolveCommit } from "./commits.ts";

const UpdateRequest = z.object({
  tag_name: z.string().min(1).optional(),
  target_commitish: z.string().optional(),
  name: z.string().nullish(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
});

const ReleaseRequest = z.object({
  tag_name: z.string().min(1),
  target_commitish: z.string().optional(),
  name: z.string().nullish(),
  body: z.string().nullish(),
  draft: z.boolean().default(false),
  prerelease: z.boolean().default(false),
});

const render = (call: Call, release: Release) => releaseItem(call.state, call.repository, release);

async function createRelease(call: Call): Promise<Answer> {
  const request = call.read(ReleaseRequest);
  const { state, repository } = call;
  const taken = [...repository.releases.values()].some(({ tagName, draft }) => tagName === request.tag_name && !draft);
  if (taken) throw validationFailed({ resource: "Release", code: "already_exists", field: "tag_name" });
  const release: Release = {
    id: state.nextId(),
    tagName: request.tag_name,
    targetCommitish: request.target_commitish ?? repository.defaultBranch,
    name: request.name ?? null,
    body: request.body ?? null,
    draft: request.draft,
    prerelease: request.prerelease,
    author: call.account,
    createdAt: state.now(),
    publishedAt: null,
    assets: [],
  };
  if (!release.draft) await publish(call, release);
  repository.releases.set(release.id, release);
  return created(render(call, release));
}

/** Publishing creates the tag if git has none yet. */
async function publish(call: Call, release: Release): Promise<void> {
  const { git } = call.repository;
  const ref = `refs/tags/${release.tagName}`;
  if (!(await git.isValidRef(ref)))
    throw validationFailed({
      resource: "Release",
      code: "custom",
      field: "tag_name",
      message: "tag_name is not a valid tag",
    });
  if ((await git.commitSha(ref)) === undefined) {
    const to = await resolveCommit(call, release.targetCommitish).catch(() => undefined);
    if (to === undefined) throw validationFailed({ resource: "Release", code: "invalid", field: "target_commitish" });
    const move = { ref, from: ZERO_SHA, to };
    if (await git.moveRef(move)) await refMoved(call, call.repository, move);
  }
  release.draft = false;
  release.publishedAt = call.state.now();
  const payload = { release: render(call, release) };
  call.events.emit(call.actor, call.repository, { name: "release", action: "published", payload });
}

export function requestedRelease(call: Call): Release {
  return found(call.repository.releases.get(call.number("release_id")));
}

function found(release: Release | undefined): Release {
  if (!release) throw notFound();
  return release;
}

const published = (call: Call): Release[] =>
  [...call.repository.releases.values()].filter((release) => !release.draft).reverse();

async function updateRelease(call: Call): Promise<Answer> {
  const release = requestedRelease(call);
  const request = call.read(UpdateRequest);
  release.tagName = request.tag_name ?? release.tagName;
  release.targetCommitish = request.target_commitish ?? release.targetCommitish;
  if (request.name !== undefined) release.name = request.name;
  if (request.body !== undefined) release.body = request.body;
  release.prerelease = request.prerelease ?? release.prerelease;
  if (request.draft === false && release.draft) await publish(call, release);
  return ok(render(call, release));
}

const RELEASES = "/repos/{owner}/{repo}/releases";
const reads = needs("contents:read");

export const releaseRoutes: readonly Route[] = [
  route(`GET ${RELEASES}`, reads, (call) => {
    // Drafts are for those who may write.
    const all = call.actor.kind === "anonymous" ? published(call) : [...call.repository.releases.values()].reverse();
    return page(call, all, (release) => render(call, release));
  }),
  route(`POST ${RELEASES}`, needs("contents:write"), createRelease),
  route(`GET ${RELEASES}/latest`, reads, (call) =>
    ok(render(call, found(published(call).find(({ prerelease }) => !prerelease)))),
  ),
  route(`GET ${RELEASES}/tags/{tag}`, reads, (call) =>
    ok(render(call, found(published(call).find(({ tagName }) => tagName === call.parameter("tag"))))),
  ),
  route(`GET ${RELEASES}/{release_id}`, reads, (call) => ok(render(call, requestedRelease(call)))),
  route(`PATCH ${RELEASES}/{release_id}`, needs("contents:write"), updateRelease),
  route(`DELETE ${RELEASES}/{release_id}`, needs("contents:write"), (call) => {
    call.repository.releases.delete(requestedRelease(call).id);
    return noContent();
  }),
];
