import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "#core/errors";
import { missing } from "./missing-binding.ts";

const TIMEOUT_SECONDS = 120;

export interface PackTarget {
  /** An empty folder of our own. */
  readonly folder: string;
  /** Instead of the one npm is set up with. */
  readonly registry: string | undefined;
}

/**
 * The package's archive as the registry gives it. npm itself fetches: it knows the registry, the proxy, the certificates
 * and the credentials this machine is set up with. It is not asked in the repository, whose .npmrc others write.
 * @throws UserError DATA_ENGINE_MISSING, DATA_ENGINE_REFUSED for bytes that are not what the registry itself promises
 */
export async function npmPack(name: string, { folder, registry }: PackTarget): Promise<Buffer> {
  // npm's own pauses between its tries add up to 70 seconds, too long for a job that goes on without.
  const patience = ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];
  const given = registry === undefined ? [] : [`--registry=${url(registry)}`];
  const { code, said } = await npm(
    ["pack", name, "--ignore-scripts", "--loglevel=error", ...patience, ...given],
    folder,
  );
  if (code !== 0) throw failure(name, code, said);
  const archive = (await readdir(folder)).find((file) => file.endsWith(".tgz"));
  if (archive === undefined) throw missing("npm pack left no file");
  return readFile(join(folder, archive));
}

interface Ended {
  /** Null when it was stopped. */
  readonly code: number | null;
  readonly said: string;
}

async function npm(args: readonly string[], folder: string): Promise<Ended> {
  try {
    return await runToEnd("npm", args, folder);
  } catch (cause) {
    // A job in a container has the runner's Node, with its npm, and perhaps no other.
    const own = join(process.execPath, "../../lib/node_modules/npm/bin/npm-cli.js");
    if (existsSync(own)) return runToEnd(process.execPath, [own, ...args], folder);
    throw missing(`npm could not be started (${cause instanceof Error ? cause.message : cause})`, cause);
  }
}

function runToEnd(program: string, args: readonly string[], folder: string): Promise<Ended> {
  // On Windows npm is a script for cmd.exe; nothing in these arguments is special there.
  const child = spawn(program, args, {
    cwd: folder,
    shell: process.platform === "win32" && program === "npm",
    stdio: ["ignore", "ignore", "pipe"],
    timeout: TIMEOUT_SECONDS * 1_000,
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString("utf8")}`.slice(0, 2_000);
  });
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done({ code, said }));
  });
}

function failure(name: string, code: number | null, said: string): UserError {
  if (code === null) return missing(`npm pack ${name} was stopped after ${TIMEOUT_SECONDS} seconds`);
  const reason = /npm (?:error|ERR!) code (\S+)/.exec(said)?.[1];
  if (reason === "EINTEGRITY") return otherBytes(name);
  return missing(`npm pack ${name} failed${reason === undefined ? "" : ` (${reason})`}`);
}

export function otherBytes(name: string): UserError {
  const problem = `The registry gave other bytes for ${name} than Tidemark was released with.`;
  const hint = "Nothing of it was used. Ask who runs the registry why they differ.";
  return new UserError("DATA_ENGINE_REFUSED", problem, hint);
}

function url(registry: string): string {
  if (URL.canParse(registry) && /^https?:\/\/[\w.:/@~%-]+$/.test(registry)) return registry;
  throw new UserError("INPUT_INVALID", "The registry is no http or https address.", "Write it as npm would take it.");
}
