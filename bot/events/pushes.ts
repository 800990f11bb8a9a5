import { z } from "zod";
import { recordPath } from "#core/registry/release-record";
import type { WorkItem } from "../work-item.ts";
import { InRepository, on, repositoryItem } from "./handler.ts";

const Paths = z.array(z.string()).default([]);

const Pushed = z.object({
  ref: z.string(),
  created: z.boolean().default(false),
  deleted: z.boolean().default(false),
  forced: z.boolean().default(false),
  repository: z.object({ default_branch: z.string() }),
  head_commit: z.object({ id: z.string() }).nullish(),
  commits: z.array(z.object({ id: z.string(), added: Paths, modified: Paths, removed: Paths })).default([]),
});
type Pushed = z.output<typeof Pushed>;

/** GitHub lists few commits of a long push; more releases than this at once are looked at in one sweep. */
const MOST_COMMITS = 20;
const MOST_RELEASES = 20;

export const pushes = on(["push"], InRepository.and(Pushed), (payload): readonly WorkItem[] => {
  const { at: repository, ref, deleted } = payload;
  if (deleted || ref !== `refs/heads/${payload.repository.default_branch}`) return [];
  if (!isComplete(payload)) return [repositoryItem(repository)];
  const releases = changedReleases(payload);
  if (releases.length > MOST_RELEASES) return [repositoryItem(repository)];
  return releases.map((release) => ({ repository, key: { kind: "release", ...release } }));
});

/** The listed commits are all that changed: no rewritten history, no list cut short. */
function isComplete({ created, forced, commits, head_commit }: Pushed): boolean {
  if (created || forced || commits.length === 0 || commits.length > MOST_COMMITS) return false;
  return commits.at(-1)?.id === head_commit?.id;
}

function changedReleases({ commits }: Pushed) {
  const paths = new Set(commits.flatMap(({ added, modified, removed }) => [...added, ...modified, ...removed]));
  return [...paths].flatMap((path) => recordPath.parse(path) ?? []);
}
