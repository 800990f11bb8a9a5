import { gitHubHost } from "#adapters/github/code-host";
import type { CodeHost } from "#core/ports/code-host";
import type { Sandbox } from "#sandbox/sandbox";
import { memoryCodeHost } from "./fakes/code-host.ts";
import { here, withApp } from "./sandbox.ts";

/** A code host and what other people may do on it. */
export interface Scene {
  readonly host: CodeHost;
  /** Somebody commits a file; a new branch starts at main. */
  commit(branch: string, path: string, content: string): Promise<string>;
  /** Somebody comments. @returns the comment's number */
  comment(number: number, body: string): Promise<number>;
}

export async function memoryScene(): Promise<Scene> {
  const host = memoryCodeHost();
  return {
    host,
    commit: async (branch, path, content) => host.world.commit(branch, path, content),
    comment: async (number, body) => host.world.comment(number, "ada", body).id,
  };
}

export interface SandboxScene extends Scene {
  readonly sandbox: Sandbox;
  readonly app: { readonly id: number };
  readonly octokit: Awaited<ReturnType<typeof withApp>>["octokit"];
  readonly bot: Awaited<ReturnType<typeof withApp>>["bot"];
}

export async function sandboxScene(): Promise<SandboxScene> {
  const { sandbox, octokit, bot, app } = await withApp();
  const host = gitHubHost({ octokit: bot, owner: here.owner, name: here.repo, login: "tidemark[bot]", appId: app.id });
  const { repos, git, issues } = octokit.rest;
  return {
    host,
    sandbox,
    app,
    octokit,
    bot,
    commit: async (branch, path, content) => {
      const { data: main } = await git.getRef({ ...here, ref: "heads/main" });
      await git.createRef({ ...here, ref: `refs/heads/${branch}`, sha: main.object.sha }).catch(() => undefined);
      const old = await repos.getContent({ ...here, path, ref: branch }).catch(() => undefined);
      const sha = old === undefined ? {} : { sha: (old.data as { sha: string }).sha };
      const encoded = Buffer.from(content).toString("base64");
      const file = { ...here, ...sha, branch, path, content: encoded, message: `Change ${path}` };
      const { data } = await repos.createOrUpdateFileContents(file);
      return data.commit.sha ?? "";
    },
    comment: async (issue_number, body) => (await issues.createComment({ ...here, issue_number, body })).data.id,
  };
}

export const scenes = [
  ["memory", memoryScene],
  ["GitHub", sandboxScene],
] as const;
