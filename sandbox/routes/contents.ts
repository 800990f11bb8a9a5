import { z } from "zod";
import { commitFiles, type FileEdit } from "../effects/commit-files.ts";
import { isTreePath } from "../git/tree.ts";
import { type Answer, ok, page } from "../http/answer.ts";
import { ApiError, invalid, notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, type Route, route } from "../http/route.ts";
import { gitCommit } from "../resources/commit.ts";
import { contentEntry, contentFile } from "../resources/content.ts";

async function commitAt(call: Call): Promise<string> {
  const revision = call.query("ref") ?? call.repository.defaultBranch;
  const { git } = call.repository;
  const sha = (await git.branchSha(revision)) ?? (await git.commitSha(revision));
  if (sha === undefined) {
    throw call.query("ref")
      ? new ApiError(404, `No commit found for the ref ${revision}`)
      : new ApiError(404, "This repository is empty.");
  }
  return sha;
}

function pathOf(call: Call): string {
  const path = call.parameter("path").replace(/\/+$/, "");
  if (path !== "" && !isTreePath(path)) throw notFound();
  return path;
}

async function getContents(call: Call): Promise<Answer> {
  const sha = await commitAt(call);
  const path = pathOf(call);
  const entry = await call.repository.git.entry(sha, path);
  if (entry?.type === "tree") return listDirectory(call, { sha, path });
  const blob = entry && (await call.repository.git.blob(entry.sha));
  if (!blob) throw notFound();
  if (call.accepts("raw")) {
    return { status: 200, raw: { contentType: "application/vnd.github.raw; charset=utf-8", content: blob.content } };
  }
  return ok(contentFile(call.state, call.repository, { path, ref: refOf(call), ...blob }));
}

const refOf = (call: Call): string => call.query("ref") ?? call.repository.defaultBranch;

const MAX_LISTED = 1000;

async function listDirectory(call: Call, { sha, path }: { sha: string; path: string }): Promise<Answer> {
  const { git } = call.repository;
  const tree = await git.tree(path === "" ? sha : `${sha}:${path}`);
  const entries = (tree?.entries ?? []).slice(0, MAX_LISTED);
  const items = entries.map(async (entry) => {
    const size = entry.type === "blob" ? ((await git.info(entry.sha))?.size ?? 0) : 0;
    const full = path === "" ? entry.path : `${path}/${entry.path}`;
    return contentEntry(call.state, call.repository, { ...entry, path: full, ref: refOf(call), size });
  });
  return ok(await Promise.all(items));
}

const Person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() }).optional();
const Common = { message: z.string().min(1), branch: z.string().optional(), author: Person, committer: Person };
const PutRequest = z.object({ ...Common, content: z.string(), sha: z.string().nullish() });
const DeleteRequest = z.object({ ...Common, sha: z.string() });

async function putContents(call: Call): Promise<Answer> {
  const request = call.read(PutRequest);
  const path = editablePath(call);
  const branch = request.branch ?? call.repository.defaultBranch;
  await checkBranch(call, branch);
  const existing = await blobOnBranch(call, branch, path);
  if (existing !== undefined && !request.sha) throw invalid(`Invalid request.\n\n"sha" wasn't supplied.`);
  if (request.sha && request.sha !== existing) throw new ApiError(409, `${path} does not match ${request.sha}`);
  const content = Buffer.from(request.content, "base64");
  const commit = await commitOne(call, { ...request, branch, edit: { path, content } });
  const blob = await call.repository.git.blob(`${commit.sha}:${path}`);
  const { sha = "" } = blob ?? {};
  const {
    content: _,
    encoding: __,
    ...file
  } = contentFile(call.state, call.repository, { path, ref: branch, sha, content });
  const body = { content: file, commit: gitCommit(call.state, call.repository, commit) };
  return { status: existing === undefined ? 201 : 200, body };
}

/** Only an empty repository gets its first branch by writing a file. */
async function checkBranch(call: Call, branch: string): Promise<void> {
  const { git } = call.repository;
  if ((await git.branchSha(branch)) !== undefined) return;
  if ((await git.refs("refs/heads/")).size > 0) throw new ApiError(404, `Branch ${branch} not found`);
}

async function deleteContents(call: Call): Promise<Answer> {
  // Octokit sends these as query parameters of the DELETE; the documentation shows a body. GitHub takes both.
  const fromQuery = Object.fromEntries(call.request.query);
  const request = DeleteRequest.safeParse(call.request.body ?? fromQuery);
  if (!request.success) throw invalid(`Invalid request.\n\n"sha" and "message" must be supplied.`);
  const path = editablePath(call);
  const branch = request.data.branch ?? call.repository.defaultBranch;
  const existing = await blobOnBranch(call, branch, path);
  if (existing === undefined) throw notFound();
  if (request.data.sha !== existing) throw new ApiError(409, `${path} does not match ${request.data.sha}`);
  const commit = await commitOne(call, { ...request.data, branch, edit: { path, content: null } });
  return ok({ content: null, commit: gitCommit(call.state, call.repository, commit) });
}

function editablePath(call: Call): string {
  const path = pathOf(call);
  if (path === "") throw invalid("path contains a malformed path component");
  return path;
}

async function blobOnBranch(call: Call, branch: string, path: string): Promise<string | undefined> {
  return (await call.repository.git.entry(`refs/heads/${branch}`, path))?.sha;
}

type Wish = { branch: string; edit: FileEdit; message: string; author?: z.output<typeof Person> | undefined };

async function commitOne(call: Call, { branch, edit, message, author }: Wish) {
  const signature = author && { name: author.name, email: author.email, date: author.date ?? call.state.now() };
  const sha = await commitFiles(call, call.repository, { branch, message, edits: [edit], author: signature });
  if (sha === undefined) throw new ApiError(409, `is at another commit than expected: ${branch}`);
  return call.repository.git.knownCommit(sha);
}

async function listTags(call: Call): Promise<Answer> {
  const refs = await call.repository.git.refs("refs/tags/");
  const names = [...refs.keys()].map((ref) => ref.slice("refs/tags/".length)).reverse();
  const base = `${call.state.url}/repos/${call.repository.fullName}`;
  return page(call, names, async (name) => {
    const sha = (await call.repository.git.commitSha(`refs/tags/${name}`)) ?? "";
    const archive = (kind: string) => `${base}/${kind}/refs/tags/${name}`;
    const commit = { sha, url: `${base}/commits/${sha}` };
    return { name, zipball_url: archive("zipball"), tarball_url: archive("tarball"), commit, node_id: name };
  });
}

export const contentRoutes: readonly Route[] = [
  route("GET /repos/{owner}/{repo}/contents", needs("contents:read"), getContents),
  route("GET /repos/{owner}/{repo}/contents/{path}", needs("contents:read"), getContents),
  route("PUT /repos/{owner}/{repo}/contents/{path}", needs("contents:write"), putContents),
  route("DELETE /repos/{owner}/{repo}/contents/{path}", needs("contents:write"), deleteContents),
  route("GET /repos/{owner}/{repo}/tags", needs("contents:read"), listTags),
];
