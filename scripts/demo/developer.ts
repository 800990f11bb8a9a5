import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { FULL_NAME, PEOPLE, type Person, type Stage } from "./stage.ts";

const run = promisify(execFile);

/** A person's clone of the repository, worked on with the real git. */
export interface Clone {
  readonly folder: string;
  git(...args: readonly string[]): Promise<string>;
  /** Replaces one text in a file that must hold it. */
  edit(path: string, from: string, to: string): Promise<void>;
  /** Commits everything and pushes the branch; answers the commit. */
  push(branch: string, message: string): Promise<string>;
}

/** A first commit from the example's folder, not pushed yet. */
export async function cloneOfExample(stage: Stage, person: Person): Promise<Clone> {
  const clone = cloneAt(stage, person);
  await run("git", ["init", "--quiet", "--initial-branch=main", clone.folder]);
  await cp(join(stage.root, "examples/birdstrikes"), clone.folder, { recursive: true, filter: isSource });
  await clone.git("remote", "add", "origin", remoteUrl(stage, person));
  return clone;
}

/** A fresh clone of what is there. */
export async function cloneOf(stage: Stage, person: Person): Promise<Clone> {
  const clone = cloneAt(stage, person);
  await run("git", ["clone", "--quiet", remoteUrl(stage, person), clone.folder]);
  return clone;
}

const GENERATED = /\/(node_modules|out|\.tidemark|data\/(train|holdout)\.csv)(\/|$)/;
const isSource = (path: string): boolean => !GENERATED.test(path.slice(path.lastIndexOf("examples/birdstrikes")));

function remoteUrl({ sandbox, tokens }: Stage, person: Person): string {
  return `${sandbox.url.replace("://", `://${PEOPLE[person]}:${tokens[person]}@`)}/${FULL_NAME}.git`;
}

function cloneAt(stage: Stage, person: Person): Clone {
  const folder = join(stage.folder, `clone-${person}`);
  const identity = ["-c", `user.name=${PEOPLE[person]}`, "-c", `user.email=${PEOPLE[person]}@example.invalid`];
  const git = async (...args: readonly string[]) =>
    (await run("git", ["-C", folder, ...identity, ...args])).stdout.trim();
  return {
    folder,
    git,
    async edit(path, from, to) {
      const text = await readFile(join(folder, path), "utf8");
      if (!text.includes(from)) throw new Error(`${path} does not hold ${JSON.stringify(from)}.`);
      await writeFile(join(folder, path), text.replace(from, to));
    },
    async push(branch, message) {
      await git("add", "--all");
      await git("commit", "--quiet", "--message", message);
      await git("push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
      return git("rev-parse", "HEAD");
    },
  };
}
