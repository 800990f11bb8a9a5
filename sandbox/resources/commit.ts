import type { GitCommit } from "../git/commit.ts";
import { changedFiles, type FileChange } from "../git/diff.ts";
import { EMPTY_TREE } from "../git/store.ts";
import { nodeId } from "../identifiers.ts";
import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import type { SandboxState } from "../state.ts";
import { apiUrl, htmlUrl } from "./repository.ts";
import type { BranchShape, CommitShape, FileShape, GitCommitShape, RefShape } from "./shapes.ts";
import { noreplyEmail, simpleUser } from "./user.ts";

const unsigned = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

/** A commit as the git database API prints it. */
export function gitCommit(state: SandboxState, repository: Repository, commit: GitCommit): GitCommitShape {
  const api = apiUrl(state, repository);
  const html = htmlUrl(state, repository);
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
    verification: unsigned,
  };
}

/** The account whose noreply address a commit carries. */
function accountByEmail(state: SandboxState, email: string): Account | undefined {
  return [...state.accounts.values()].find((account) => noreplyEmail(account) === email);
}

/** A commit as lists print it: without files and statistics. */
export function commitItem(state: SandboxState, repository: Repository, commit: GitCommit) {
  const api = apiUrl(state, repository);
  const html = htmlUrl(state, repository);
  const author = accountByEmail(state, commit.author.email);
  const committer = accountByEmail(state, commit.committer.email);
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url: `${api}/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    author: author ? simpleUser(state, author) : null,
    committer: committer ? simpleUser(state, committer) : null,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
  };
}

export async function fullCommit(state: SandboxState, repository: Repository, commit: GitCommit): Promise<CommitShape> {
  const files = await changedFiles(repository.git, commit.parents[0] ?? EMPTY_TREE, commit.sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return {
    ...commitItem(state, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: files.map((file) => changedFile(state, { repository, file, sha: commit.sha })),
  };
}

export function changedFile(
  state: SandboxState,
  { repository, file, sha }: { repository: Repository; file: FileChange; sha: string },
): FileShape {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${htmlUrl(state, repository)}/blob/${sha}/${path}`,
    raw_url: `${htmlUrl(state, repository)}/raw/${sha}/${path}`,
    contents_url: `${apiUrl(state, repository)}/contents/${path}?ref=${sha}`,
    ...(file.patch !== undefined && { patch: file.patch }),
    ...(file.previousPath !== undefined && { previous_filename: file.previousPath }),
  };
}

export function gitRef(
  state: SandboxState,
  repository: Repository,
  target: { ref: string; sha: string; type?: string },
): RefShape {
  const { ref, sha, type = "commit" } = target;
  const api = apiUrl(state, repository);
  return {
    ref,
    node_id: nodeId("Ref", `${repository.id}:${ref}`),
    url: `${api}/git/${ref}`,
    object: { type, sha, url: `${api}/git/${type}s/${sha}` },
  };
}

export async function fullBranch(state: SandboxState, repository: Repository, name: string): Promise<BranchShape> {
  const sha = (await repository.git.branchSha(name)) ?? "";
  const api = apiUrl(state, repository);
  const commit = commitItem(state, repository, await repository.git.knownCommit(sha));
  const protection = repository.protections.get(name);
  const contexts = protection?.requiredChecks.map((check) => check.context) ?? [];
  return {
    name,
    commit,
    _links: { html: `${htmlUrl(state, repository)}/tree/${name}`, self: `${api}/branches/${name}` },
    protected: protection !== undefined,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: { enforcement_level: protection ? "everyone" : "off", contexts, checks: [] },
    },
    protection_url: `${api}/branches/${name}/protection`,
  };
}
