import { z } from "zod";
import { accountOf } from "../auth/actor.ts";
import { signatureOf } from "../effects/signature.ts";
import { isTreePath, type TreeEntry } from "../git/tree.ts";
import { type Answer, created, ok } from "../http/answer.ts";
import { invalid, notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, type Route, route } from "../http/route.ts";
import { nodeId } from "../identifiers.ts";
import { gitCommit } from "../resources/commit.ts";
import { apiUrl } from "../resources/repository.ts";

const SHA = /^[0-9a-f]{40}$/;

const Person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() }).optional();
const CommitRequest = z.object({
  message: z.string(),
  tree: z.string().regex(SHA),
  parents: z.array(z.string().regex(SHA)).default([]),
  author: Person,
  committer: Person,
});

async function createCommit(call: Call): Promise<Answer> {
  const request = call.read(CommitRequest);
  const { git, owner } = call.repository;
  if ((await git.info(request.tree))?.type !== "tree") throw invalid("Tree SHA does not exist");
  for (const parent of request.parents)
    if (!(await git.commitSha(parent))) throw invalid("Parent SHA does not exist or is not a commit object");
  const own = signatureOf(call.state, accountOf(call.actor) ?? owner);
  const author = { ...own, ...clean(request.author) };
  const sha = await git.writeCommit({ ...request, author, committer: { ...author, ...clean(request.committer) } });
  return created(gitCommit(call.state, call.repository, await git.knownCommit(sha)));
}

function clean(person: z.output<typeof Person>) {
  if (!person) return {};
  const { name, email, date } = person;
  return date === undefined ? { name, email } : { name, email, date };
}

async function getCommit(call: Call): Promise<Answer> {
  const sha = call.parameter("commit_sha");
  const commit = SHA.test(sha) ? await call.repository.git.commit(sha) : undefined;
  if (!commit) throw notFound();
  return ok(gitCommit(call.state, call.repository, commit));
}

const BlobRequest = z.object({ content: z.string(), encoding: z.enum(["utf-8", "base64"]).default("utf-8") });

async function createBlob(call: Call): Promise<Answer> {
  const { content, encoding } = call.read(BlobRequest);
  const sha = await call.repository.git.writeBlob(Buffer.from(content, encoding));
  return created({ sha, url: `${apiUrl(call.state, call.repository)}/git/blobs/${sha}` });
}

async function getBlob(call: Call): Promise<Answer> {
  const sha = call.parameter("file_sha");
  const blob = SHA.test(sha) ? await call.repository.git.blob(sha) : undefined;
  if (!blob) throw notFound();
  if (call.accepts("raw"))
    return { status: 200, raw: { contentType: "application/vnd.github.raw", content: blob.content } };
  return ok({
    sha,
    node_id: nodeId("Blob", sha),
    url: `${apiUrl(call.state, call.repository)}/git/blobs/${sha}`,
    size: blob.content.length,
    content: blob.content.toString("base64"),
    encoding: "base64",
  });
}

const TreeRequest = z.object({
  base_tree: z.string().optional(),
  tree: z
    .array(
      z.object({
        path: z.string(),
        mode: z.enum(["100644", "100755", "040000", "160000", "120000"]).default("100644"),
        type: z.enum(["blob", "tree", "commit"]).optional(),
        sha: z.string().regex(SHA).nullish(),
        content: z.string().optional(),
      }),
    )
    .min(1),
});

async function createTree(call: Call): Promise<Answer> {
  const { base_tree, tree } = call.read(TreeRequest);
  const { git } = call.repository;
  if (!tree.every(({ path }) => isTreePath(path))) throw invalid("tree.path contains a malformed path component");
  const base = base_tree === undefined ? undefined : (await git.tree(base_tree))?.sha;
  if (base_tree !== undefined && base === undefined) throw invalid("Invalid tree info");
  const edits = tree.map(async ({ path, mode, sha, content }) => {
    const blob = content === undefined ? (sha ?? null) : await git.writeBlob(content);
    if (blob !== null && !(await git.info(blob))) throw invalid(`tree.sha ${blob} is not a valid blob`);
    return { path, mode, sha: blob };
  });
  const sha = await git.editTree(base, await Promise.all(edits));
  return created(await treeItem(call, sha));
}

async function treeItem(call: Call, revision: string): Promise<Record<string, unknown> | undefined> {
  const tree = await call.repository.git.tree(revision);
  if (!tree) return undefined;
  const recursive = call.query("recursive") !== undefined;
  const entries = recursive ? await flatten(call, tree.entries, "") : tree.entries;
  const api = apiUrl(call.state, call.repository);
  const rendered = entries.map(async ({ path, mode, type, sha }) => ({
    path,
    mode,
    type,
    sha,
    ...(type === "blob" && { size: (await call.repository.git.info(sha))?.size ?? 0 }),
    url: `${api}/git/${type}s/${sha}`,
  }));
  return { sha: tree.sha, url: `${api}/git/trees/${tree.sha}`, tree: await Promise.all(rendered), truncated: false };
}

async function flatten(call: Call, entries: readonly TreeEntry[], folder: string): Promise<TreeEntry[]> {
  const all: TreeEntry[] = [];
  for (const entry of entries) {
    const path = folder + entry.path;
    all.push({ ...entry, path });
    if (entry.type !== "tree") continue;
    const below = await call.repository.git.tree(entry.sha);
    all.push(...(await flatten(call, below?.entries ?? [], `${path}/`)));
  }
  return all;
}

async function getTree(call: Call): Promise<Answer> {
  const revision = call.parameter("tree_sha");
  const branch = await call.repository.git.branchSha(revision);
  const item = await treeItem(call, branch ?? revision);
  if (!item) throw notFound();
  return ok(item);
}

export const gitDataRoutes: readonly Route[] = [
  route("POST /repos/{owner}/{repo}/git/commits", needs("contents:write"), createCommit),
  route("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", needs("contents:read"), getCommit),
  route("POST /repos/{owner}/{repo}/git/blobs", needs("contents:write"), createBlob),
  route("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", needs("contents:read"), getBlob),
  route("POST /repos/{owner}/{repo}/git/trees", needs("contents:write"), createTree),
  route("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", needs("contents:read"), getTree),
];
