import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "#core/errors";
import integrity from "./binding-integrity.json" with { type: "json" };
import { missing } from "./missing-binding.ts";
import { unpackPackage } from "./unpack-package.ts";

export interface Wanted {
  readonly platform: string;
  readonly toolCache: string;
  readonly registry: string | undefined;
}

const COMPLETE = ".complete";
const TIMEOUT_MS = 120_000;

/**
 * The folder of the binding in the tool cache, fetched when it is not there. The package is checked against the lock
 * file's SHA-512 before a byte of it is unpacked; what lies in the cache afterwards is trusted as every tool there is.
 */
export async function fetchBinding({ platform, toolCache, registry }: Wanted): Promise<string> {
  const expected = new Map(Object.entries(integrity.packages)).get(platform);
  if (expected === undefined) throw missing(`there is none for ${platform}`);
  const folder = join(toolCache, "tidemark-duckdb", integrity.version, platform);
  if ((await readIfThere(join(folder, COMPLETE))) === expected) return folder;
  await mkdir(join(folder, ".."), { recursive: true });
  const workshop = await mkdtemp(`${folder}-`);
  try {
    const name = `@duckdb/node-bindings-${platform}@${integrity.version}`;
    await npmPack(name, { folder: workshop, registry });
    const archive = await readFile(join(workshop, await onlyFile(workshop)));
    refuseOther(archive, expected, name);
    const unpacked = join(workshop, "unpacked");
    await mkdir(unpacked);
    for (const { name: file, content } of unpackPackage(archive)) await writeFile(join(unpacked, file), content);
    await writeFile(join(unpacked, COMPLETE), expected);
    await moveInto(unpacked, folder, expected);
    return folder;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** Another job on this machine may have been first; then its copy, of the same bytes, stays. */
async function moveInto(fresh: string, folder: string, expected: string): Promise<void> {
  try {
    await rename(fresh, folder);
  } catch (error) {
    if ((await readIfThere(join(folder, COMPLETE))) === expected) return;
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder).catch(() => {
      throw error;
    });
  }
}

function refuseOther(archive: Buffer, expected: string, name: string): void {
  const found = `sha512-${createHash("sha512").update(archive).digest("base64")}`;
  if (found === expected) return;
  const problem = `The registry gave other bytes for ${name} than Tidemark was released with.`;
  throw new UserError(
    "DATA_ENGINE_REFUSED",
    problem,
    "Nothing of it was used. Ask who runs the registry why they differ.",
  );
}

interface PackTarget {
  readonly folder: string;
  readonly registry: string | undefined;
}

/** npm itself fetches: it knows the registry, the proxy, the certificates and the credentials this machine is set up with. */
async function npmPack(name: string, { folder, registry }: PackTarget): Promise<void> {
  const args = [
    "pack",
    name,
    "--ignore-scripts",
    "--silent",
    ...(registry === undefined ? [] : ["--registry", url(registry)]),
  ];
  // On Windows npm is a script for cmd.exe; nothing in these arguments is special there.
  const child = spawn("npm", args, {
    cwd: folder,
    shell: process.platform === "win32",
    stdio: ["ignore", "ignore", "pipe"],
    timeout: TIMEOUT_MS,
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString("utf8")}`.slice(-2_000);
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", (cause) => fail(missing(`npm could not be started (${cause.message})`, cause)));
    child.once("close", done);
  });
  if (code === 0) return;
  const reason = /npm (?:error|ERR!) (?:code )?(\S.*)/.exec(said)?.[1];
  throw missing(`npm pack ${name} failed${reason === undefined ? "" : ` (${reason})`}`);
}

function url(registry: string): string {
  if (URL.canParse(registry) && /^https?:\/\/[\w.:/@~%-]+$/.test(registry)) return registry;
  throw new UserError("INPUT_INVALID", "The registry is no http or https address.", "Write it as npm would take it.");
}

async function onlyFile(folder: string): Promise<string> {
  const found = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  if (found === undefined) throw missing("npm pack left no file");
  return found;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}
