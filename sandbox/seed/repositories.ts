import { join } from "node:path";
import { commitFiles } from "../effects/commit-files.ts";
import type { Events } from "../events/events.ts";
import { GitStore } from "../git/store.ts";
import { isSafeName } from "../identifiers.ts";
import type { Repository } from "../model/repository.ts";
import type { SandboxState } from "../state.ts";
import { ensureAccount } from "./accounts.ts";

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch?: string;
  readonly private?: boolean;
  /** Contents of a first commit, by path; without it the repository starts empty. */
  readonly files?: Readonly<Record<string, string>>;
}

export async function createRepository(
  state: SandboxState,
  events: Events,
  wanted: NewRepository,
): Promise<Repository> {
  const { owner, name, defaultBranch = "main" } = wanted;
  if (!isSafeName(owner) || !isSafeName(name)) throw new Error(`"${owner}/${name}" is no repository name.`);
  const fullName = `${owner}/${name}`;
  if (state.repositories.has(fullName.toLowerCase())) throw new Error(`Repository "${fullName}" exists already.`);
  const folder = join(state.directory, "repositories", owner, `${name}.git`);
  const git = await GitStore.create(folder, defaultBranch);
  const repository = emptyRepository(state, { ...wanted, defaultBranch, git });
  state.repositories.set(fullName.toLowerCase(), repository);
  if (wanted.files) await firstCommit(state, events, { repository, files: wanted.files });
  return repository;
}

function emptyRepository(
  state: SandboxState,
  wanted: NewRepository & { defaultBranch: string; git: GitStore },
): Repository {
  const at = state.now();
  return {
    id: state.nextId(),
    owner: ensureAccount(state, wanted.owner, "User"),
    name: wanted.name,
    fullName: `${wanted.owner}/${wanted.name}`,
    defaultBranch: wanted.defaultBranch,
    private: wanted.private ?? false,
    createdAt: at,
    updatedAt: at,
    pushedAt: at,
    git: wanted.git,
    collaborators: new Map(),
    labels: new Map(),
    issues: new Map(),
    comments: new Map(),
    protections: new Map(),
    suites: new Map(),
    checkRuns: new Map(),
    statuses: [],
    deployments: new Map(),
    environments: new Map(),
    workflows: new Map(),
    runs: new Map(),
    artifacts: new Map(),
    releases: new Map(),
    queue: Promise.resolve(),
  };
}

async function firstCommit(
  state: SandboxState,
  events: Events,
  { repository, files }: { repository: Repository; files: Readonly<Record<string, string>> },
): Promise<void> {
  const edits = Object.entries(files).map(([path, content]) => ({ path, content: Buffer.from(content) }));
  const actor = { kind: "user", account: repository.owner } as const;
  const wish = { branch: repository.defaultBranch, message: "Initial commit", edits };
  await commitFiles({ state, events, actor }, repository, wish);
}
