import { createHash } from "node:crypto";
import type { CheckRun, DeploymentState, PullRequest, Role, WorkflowRun } from "#core/ports/code-host";
import type { ReviewState } from "#core/promotion/approvals";

export interface StoredComment {
  readonly id: number;
  readonly issue: number;
  readonly author: string;
  body: string;
  edited: boolean;
  readonly reactions: Set<string>;
}

export interface StoredPullRequest {
  readonly number: number;
  readonly branch: string;
  readonly base: string;
  readonly author: string;
  readonly commit: string;
  title: string;
  body: string;
  state: PullRequest["state"];
  mergeCommit: string | undefined;
  mergedHead: string | undefined;
  readonly reviews: ReviewState[];
}

export type Snapshot = ReadonlyMap<string, string>;

/** What a repository of the memory code host holds. Tests set it up and look at it directly. */
export class World {
  readonly login: string;
  readonly commits = new Map<string, { readonly files: Snapshot; readonly parents: readonly string[] }>();
  readonly branches = new Map<string, string>();
  readonly pullRequests = new Map<number, StoredPullRequest>();
  readonly comments = new Map<number, StoredComment>();
  readonly checks = new Map<string, CheckRun>();
  readonly deployments = new Map<number, DeploymentState>();
  readonly runs = new Map<number, WorkflowRun>();
  readonly artifacts = new Map<number, Map<string, Readonly<Record<string, string>>>>();
  readonly roles = new Map<string, Role>();
  #lastId = 0;

  constructor(login: string, files: Readonly<Record<string, string>>) {
    this.login = login;
    this.branches.set("main", this.addCommit(new Map(Object.entries(files)), []));
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  addCommit(files: Snapshot, parents: readonly string[]): string {
    const id = createHash("sha1").update(`commit ${this.nextId()}`).digest("hex");
    this.commits.set(id, { files, parents });
    return id;
  }

  filesAt(ref: string): Snapshot {
    const found = this.commits.get(this.branches.get(ref) ?? ref);
    if (found === undefined) throw new Error(`no commit or branch ${ref}`);
    return found.files;
  }

  isIn(ref: string, commit: string): boolean {
    return this.#history(ref).has(commit);
  }

  /** The newest commit both have; the first one's own head when they share none. */
  mergeBase(ref: string, commit: string): string {
    const common = this.#history(ref);
    return [...this.#history(commit)].find((one) => common.has(one)) ?? ref;
  }

  /** A commit and all before it, nearest first. */
  #history(ref: string): ReadonlySet<string> {
    const seen = new Set([this.branches.get(ref) ?? ref]);
    for (const one of seen) for (const parent of this.commits.get(one)?.parents ?? []) seen.add(parent);
    return seen;
  }

  /** Somebody commits a file to a branch, which starts at main when it is new. */
  commit(branch: string, path: string, content: string): string {
    const head = this.branches.get(branch) ?? this.branches.get("main") ?? "";
    const commit = this.addCommit(new Map([...this.filesAt(head), [path, content]]), [head]);
    this.branches.set(branch, commit);
    return commit;
  }

  /** Somebody comments. */
  comment(issue: number, author: string, body: string): StoredComment {
    const comment = { id: this.nextId(), issue, author, body, edited: false, reactions: new Set<string>() };
    this.comments.set(comment.id, comment);
    return comment;
  }
}
