import { UserError } from "#core/errors";
import type { PullRequest, PullRequests } from "#core/ports/code-host";
import type { StoredPullRequest, World } from "./world.ts";

export function memoryPullRequests(world: World): PullRequests {
  const stored = (number: number): StoredPullRequest => {
    const found = world.pullRequests.get(number);
    if (found === undefined)
      throw new UserError("GITHUB_NOT_FOUND", `No pull request #${number}.`, "Check the number.");
    return found;
  };
  const newest = (): StoredPullRequest[] => [...world.pullRequests.values()].reverse();
  const shaped = (matches: (one: StoredPullRequest) => boolean) =>
    newest()
      .filter(matches)
      .map((one) => shape(world, one));
  return {
    get: async (number) => shape(world, stored(number)),
    fromBranch: async (branch) => shaped((one) => one.branch === branch),
    ofCommit: async (commit) => shaped((one) => headOf(world, one) === commit || one.mergeCommit === commit),
    open: async () => shaped((one) => one.state === "open"),
    openOnce: async (request) => {
      const same = newest().find(
        ({ state, branch, base }) => state === "open" && branch === request.branch && base === request.base,
      );
      if (same !== undefined) return { pullRequest: shape(world, same), created: false };
      return { pullRequest: shape(world, open(world, request)), created: true };
    },
    update: async (number, change) => {
      Object.assign(stored(number), change);
    },
    changedFiles: async (number) => changedFiles(world, stored(number)),
    reviews: async (number) => stored(number).reviews,
    merge: async (...[number, headCommit]) => {
      const one = stored(number);
      if (headOf(world, one) !== headCommit) return { kind: "moved" };
      if (one.state === "merged" && one.mergeCommit !== undefined) return { kind: "merged", commit: one.mergeCommit };
      if (one.state === "closed") return { kind: "refused", reason: "Pull Request is not mergeable" };
      return { kind: "merged", commit: mergeInto(world, one, headCommit) };
    },
  };
}

function open(world: World, request: { branch: string; base: string; title: string; body: string }): StoredPullRequest {
  const commit = world.branches.get(request.branch);
  if (commit === undefined || commit === world.branches.get(request.base)) {
    throw new UserError("GITHUB_REFUSED", `No commits between ${request.base} and ${request.branch}.`, "Commit first.");
  }
  const number = world.nextId();
  const made = {
    ...request,
    number,
    author: world.login,
    commit,
    state: "open" as const,
    mergeCommit: undefined,
    mergedHead: undefined,
    reviews: [],
  };
  world.pullRequests.set(number, made);
  return made;
}

const headOf = (world: World, one: StoredPullRequest): string =>
  one.mergedHead ?? world.branches.get(one.branch) ?? one.commit;

function shape(world: World, one: StoredPullRequest): PullRequest {
  return {
    number: one.number,
    url: `https://memory/pull/${one.number}`,
    state: one.state,
    title: one.title,
    body: one.body,
    author: one.author,
    authorIsBot: one.author.endsWith("[bot]"),
    head: { branch: one.branch, commit: headOf(world, one), sameRepository: true },
    base: { branch: one.base, commit: world.branches.get(one.base) ?? "" },
    mergeCommit: one.mergeCommit,
    draft: false,
  };
}

/** Against where the branch left its base, as GitHub lists them: what the base changed since is not the branch's. */
function changedFiles(world: World, one: StoredPullRequest): readonly string[] {
  const headCommit = headOf(world, one);
  const [before] = world.commits.get(one.mergeCommit ?? "")?.parents ?? [];
  const head = world.filesAt(headCommit);
  const base = world.filesAt(world.mergeBase(before ?? one.base, headCommit));
  return [...new Set([...head.keys(), ...base.keys()])].filter((path) => head.get(path) !== base.get(path)).sort();
}

function mergeInto(world: World, one: StoredPullRequest, headCommit: string): string {
  const base = world.branches.get(one.base) ?? "";
  const commit = world.addCommit(new Map([...world.filesAt(base), ...world.filesAt(headCommit)]), [base, headCommit]);
  world.branches.set(one.base, commit);
  Object.assign(one, { state: "merged", mergeCommit: commit, mergedHead: headCommit });
  return commit;
}
