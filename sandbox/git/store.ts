import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type GitCommit, parseCommit, type Signature, signatureEnvironment } from "./commit.ts";
import { GitError, git, gitText } from "./git.ts";
import { type ObjectInfo, ObjectReader } from "./object-reader.ts";
import { parseTree, type TreeEdit, type TreeEntry } from "./tree.ts";

export const ZERO_SHA = "0".repeat(40);

/** The well-known empty tree; every repository has it. */
export const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

/** Moves a ref from one commit to another; a zero sha stands for "does not exist". */
export interface RefMove {
  readonly ref: string;
  readonly from: string;
  readonly to: string;
}

/** A real bare repository, driven through git's plumbing. */
export class GitStore {
  readonly directory: string;
  readonly #objects: ObjectReader;

  constructor(directory: string) {
    this.directory = directory;
    this.#objects = new ObjectReader(directory);
  }

  static async create(directory: string, defaultBranch: string): Promise<GitStore> {
    await mkdir(directory, { recursive: true });
    await git(directory, ["init", "--quiet", "--bare", "--template=", `--initial-branch=${defaultBranch}`]);
    return new GitStore(directory);
  }

  close(): void {
    this.#objects.close();
  }

  /** Commit sha of a branch, tag, sha or other revision; undefined when there is none. */
  async commitSha(revision: string): Promise<string | undefined> {
    return (await this.#objects.info(`${revision}^{commit}`))?.sha;
  }

  branchSha(branch: string): Promise<string | undefined> {
    return this.commitSha(`refs/heads/${branch}`);
  }

  info(revision: string): Promise<ObjectInfo | undefined> {
    return this.#objects.info(revision);
  }

  async blob(revision: string): Promise<{ sha: string; content: Buffer } | undefined> {
    const object = await this.#objects.read(revision);
    return object?.type === "blob" ? object : undefined;
  }

  async tree(revision: string): Promise<{ sha: string; entries: TreeEntry[] } | undefined> {
    // After a colon everything is path, so `^{tree}` would be looked for as a file name.
    const object = await this.#objects.read(revision.includes(":") ? revision : `${revision}^{tree}`);
    return object?.type === "tree" ? { sha: object.sha, entries: parseTree(object.content) } : undefined;
  }

  /** Entry at a path below a revision; undefined when the path is missing. */
  async entry(revision: string, path: string): Promise<ObjectInfo | undefined> {
    return this.#objects.info(path === "" ? `${revision}^{tree}` : `${revision}:${path}`);
  }

  async commit(revision: string): Promise<GitCommit | undefined> {
    const object = await this.#objects.read(`${revision}^{commit}`);
    return object && parseCommit(object.sha, object.content);
  }

  /** For a sha that was read from this repository a moment ago. */
  async knownCommit(sha: string): Promise<GitCommit> {
    const commit = await this.commit(sha);
    if (!commit) throw new Error(`No commit ${sha} in ${this.directory}.`);
    return commit;
  }

  writeBlob(content: Buffer | string): Promise<string> {
    return gitText(this.directory, ["hash-object", "-w", "--stdin"], { input: content });
  }

  /** A new tree: `base` (empty when undefined) with the edits applied, through a temporary index. */
  async editTree(base: string | undefined, edits: readonly TreeEdit[]): Promise<string> {
    const index = join(this.directory, `index-${randomUUID()}`);
    const env = { GIT_INDEX_FILE: index };
    try {
      if (base !== undefined) await git(this.directory, ["read-tree", base], { env });
      const lines = edits.map(({ path, mode, sha }) =>
        sha === null ? `0 ${ZERO_SHA}\t${path}\0` : `${mode} ${sha}\t${path}\0`,
      );
      await git(this.directory, ["update-index", "-z", "--index-info"], { env, input: lines.join("") });
      return await gitText(this.directory, ["write-tree"], { env });
    } finally {
      await rm(index, { force: true });
    }
  }

  writeCommit(commit: NewCommit): Promise<string> {
    const parents = commit.parents.flatMap((parent) => ["-p", parent]);
    return gitText(this.directory, ["commit-tree", commit.tree, ...parents, "-F", "-"], {
      input: commit.message,
      env: signatureEnvironment(commit.author, commit.committer),
    });
  }

  /** False when the ref was not where `from` says: git compares and swaps under its own lock. */
  async moveRef({ ref, from, to }: RefMove): Promise<boolean> {
    try {
      await git(
        this.directory,
        to === ZERO_SHA ? ["update-ref", "-d", ref, from] : ["update-ref", "--create-reflog", ref, to, from],
      );
      return true;
    } catch (error) {
      if (error instanceof GitError) return false;
      throw error;
    }
  }

  /** Every ref below a prefix such as `refs/heads/`, with the object it names. */
  async refs(prefix: string): Promise<Map<string, { sha: string; type: string }>> {
    const format = "--format=%(objectname) %(objecttype) %(refname)";
    const text = await gitText(this.directory, ["for-each-ref", format]);
    const rows = text.split("\n").filter((line) => line !== "");
    return new Map(
      rows.flatMap((row) => {
        const [sha = "", type = "", ref = ""] = row.split(" ");
        return ref.startsWith(prefix) ? [[ref, { sha, type }] as const] : [];
      }),
    );
  }

  async isValidRef(ref: string): Promise<boolean> {
    return git(this.directory, ["check-ref-format", ref]).then(
      () => true,
      () => false,
    );
  }
}
