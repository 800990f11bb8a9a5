import { z } from "zod";
import { RelativePath } from "#core/names";
import type { Branches, FileChange } from "#core/ports/code-host";
import { type Client, undefinedWhenMissing } from "./client.ts";
import { isOutcomeUnknown, statusOf, wordsOf } from "./problems.ts";

const Ref = z.object({ object: z.object({ sha: z.string() }) }).transform(({ object }) => object.sha);
const Sha = z.object({ sha: z.string() }).transform(({ sha }) => sha);
const Commit = z.object({ tree: z.object({ sha: z.string() }) }).transform(({ tree }) => tree.sha);
const Compared = z.object({ status: z.string() });
const Repository = z.object({ default_branch: z.string() });

export function repositoryBranches(client: Client): Branches {
  const head: Branches["head"] = (branch) =>
    client.find("GET /repos/{owner}/{repo}/git/ref/{ref}", Ref, { ref: `heads/${branch}` });
  return {
    defaultBranch: async () => (await client.read("GET /repos/{owner}/{repo}", Repository)).default_branch,
    head,
    contains: (branch, commit) => contains(client, branch, commit),
    create: (branch, commit) => create(client, { branch, commit, head: () => head(branch) }),
    commitFile: async (change) => {
      if ((await head(change.branch)) !== change.expectedHead) return "moved";
      return commitFile(client, change, () => head(change.branch));
    },
    remove: (branch) => remove(client, branch),
  };
}

/** A commit GitHub does not know, or that shares no history, is in no branch. */
async function contains(client: Client, branch: string, commit: string): Promise<boolean> {
  const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
  const compared = await client.find(route, Compared, { basehead: `${branch}...${commit}` });
  return compared?.status === "behind" || compared?.status === "identical";
}

interface NewBranch {
  readonly branch: string;
  readonly commit: string;
  head(): Promise<string | undefined>;
}

async function create(client: Client, { branch, commit, head }: NewBranch): Promise<"created" | "exists"> {
  const attempt = (): Promise<"created" | "exists"> =>
    client
      .write("POST /repos/{owner}/{repo}/git/refs", Ref, { ref: `refs/heads/${branch}`, sha: commit })
      .then(() => "created", existsAlready);
  try {
    return await attempt();
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
    const found = await head();
    if (found === undefined) return attempt();
    return found === commit ? "created" : "exists";
  }
}

function existsAlready(error: unknown): "exists" {
  if (statusOf(error) === 422 && /already exists/i.test(wordsOf(error))) return "exists";
  throw error;
}

type Head = () => Promise<string | undefined>;

/**
 * Blob, tree and commit are named by their content, so only moving the branch counts; GitHub moves it without force,
 * that is only from `expectedHead`. No author is given, so that GitHub signs the commit for the app.
 */
async function commitFile(
  client: Client,
  change: FileChange,
  head: Head,
): Promise<"committed" | "unchanged" | "moved"> {
  const { branch, expectedHead, content, message } = change;
  const path = RelativePath.parse(change.path);
  const base = await client.read("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", Commit, {
    commit_sha: expectedHead,
  });
  const entry = { path, mode: "100644", type: "blob", content };
  const tree = await client.write("POST /repos/{owner}/{repo}/git/trees", Sha, { base_tree: base, tree: [entry] });
  if (tree === base) return "unchanged";
  const commit = await client.write("POST /repos/{owner}/{repo}/git/commits", Sha, {
    message,
    tree,
    parents: [expectedHead],
  });
  try {
    await client.write("PATCH /repos/{owner}/{repo}/git/refs/{ref}", Ref, {
      ref: `heads/${branch}`,
      sha: commit,
      force: false,
    });
    return "committed";
  } catch (error) {
    return afterRefusedMove(error, { commit, head });
  }
}

async function afterRefusedMove(
  error: unknown,
  { commit, head }: { readonly commit: string; readonly head: Head },
): Promise<"committed" | "moved"> {
  if (!isOutcomeUnknown(error) && statusOf(error) !== 422 && statusOf(error) !== 409) throw error;
  const now = await head();
  if (now === commit) return "committed";
  if (isOutcomeUnknown(error)) throw error;
  return "moved";
}

async function remove(client: Client, branch: string): Promise<void> {
  try {
    await client.write("DELETE /repos/{owner}/{repo}/git/refs/{ref}", z.unknown(), { ref: `heads/${branch}` });
  } catch (error) {
    if (statusOf(error) === 422 && /does not exist/i.test(wordsOf(error))) return;
    undefinedWhenMissing(error);
  }
}
