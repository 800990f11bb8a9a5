import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "#core/errors";
import type { ArtifactSource } from "#core/ports/artifacts";
import type { Branches, CodeHost, Contents } from "#core/ports/code-host";
import { memoryPullRequests } from "./memory-pull-requests.ts";
import { memoryChecks, memoryComments, memoryDeployments } from "./memory-talk.ts";
import { World } from "./world.ts";

export interface MemoryCodeHost extends CodeHost {
  readonly world: World;
}

/** A GitHub repository in memory that keeps the promises of core/ports/code-host.ts; checked by test/contract. */
export function memoryCodeHost({
  login = "tidemark[bot]",
  files = { "README.md": "# Models\n" },
} = {}): MemoryCodeHost {
  const world = new World(login, files);
  return {
    world,
    repository: { owner: "ada", name: "models" },
    contents: memoryContents(world),
    branches: memoryBranches(world),
    pullRequests: memoryPullRequests(world),
    comments: memoryComments(world),
    checks: memoryChecks(world),
    deployments: memoryDeployments(world),
    runs: {
      get: async (id) => world.runs.get(id) ?? missing(`workflow run ${id}`),
      ofCommit: async (commit) => [...world.runs.values()].filter((run) => run.headSha === commit).reverse(),
    },
    artifacts: memoryArtifacts(world),
    permissions: { role: async (person) => world.roles.get(person) ?? "none" },
  };
}

function missing(what: string): never {
  throw new UserError("GITHUB_NOT_FOUND", `GitHub finds no ${what}.`, "Check the name.");
}

function memoryContents(world: World): Contents {
  return {
    read: async (path, ref) => {
      if (!world.commits.has(world.branches.get(ref) ?? ref)) return missing(`commit ${ref}`);
      return world.filesAt(ref).get(path);
    },
  };
}

function memoryBranches(world: World): Branches {
  const { branches } = world;
  return {
    defaultBranch: async () => "main",
    head: async (branch) => branches.get(branch),
    contains: async (branch, commit) => world.isIn(branch, commit),
    create: async (branch, commit) => {
      if (branches.has(branch)) return "exists";
      branches.set(branch, commit);
      return "created";
    },
    commitFile: async ({ branch, expectedHead, path, content }) => {
      if (branches.get(branch) !== expectedHead) return "moved";
      if (world.filesAt(branch).get(path) === content) return "unchanged";
      world.commit(branch, path, content);
      return "committed";
    },
    remove: async (branch) => {
      branches.delete(branch);
    },
  };
}

function memoryArtifacts(world: World): ArtifactSource {
  return {
    names: async (runId) => [...(world.artifacts.get(runId)?.keys() ?? [])].sort(),
    download: async (runId, name, ...[folder]) => {
      const files = world.artifacts.get(runId)?.get(name);
      if (files === undefined) return undefined;
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      return Object.keys(files).sort();
    },
  };
}
