import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bindingPlatform } from "#adapters/duckdb/binding-platform";
import { loopback } from "#test/support/loopback";
import integrity from "../../../adapters/duckdb/binding-integrity.json" with { type: "json" };
import { runToEnd } from "../../../scripts/bundle/process.ts";

export const NAME = `@duckdb/node-bindings-${bindingPlatform()}`;
export const FOLDER = join("tidemark-duckdb", integrity.version, bindingPlatform());

/** Where the archive is served. */
export const ARCHIVE = "/archive.tgz";

const TRIES = 3;

/** The archive of this platform's native files, from the registry that npm is set up with here. */
export async function trueArchive(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-archive-"));
  try {
    const args = ["pack", `${NAME}@${integrity.version}`, "--ignore-scripts", "--loglevel=error"];
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const { exitCode, output } = await runToEnd({ program: "npm", args, folder, timeoutSeconds: 90 });
      if (exitCode === 0) break;
      if (attempt === TRIES) throw new Error(output);
    }
    const file = (await readdir(folder)).find((name) => name.endsWith(".tgz")) ?? "";
    return await readFile(join(folder, file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Served {
  readonly archive: Buffer;
  /** What the registry itself says the archive hashes to; the truth unless given. */
  readonly promised?: string;
  /** The address that npm knows it by, when it is reached as a proxy. */
  readonly knownAs?: string;
}

export interface LocalRegistry {
  readonly address: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
}

/** An npm registry of one package. It answers to a proxy's requests too, which name the host as well. */
export async function localRegistry({ archive, promised = sha512(archive), knownAs }: Served): Promise<LocalRegistry> {
  const asked: string[] = [];
  const address = await loopback(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://127.0.0.1");
    asked.push(decodeURIComponent(pathname));
    if (pathname === ARCHIVE) return void response.end(archive);
    const tarball = `${knownAs ?? address}${ARCHIVE}`;
    const { version } = integrity;
    const described = { name: NAME, version, dist: { tarball, integrity: promised } };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ name: NAME, "dist-tags": { latest: version }, versions: { [version]: described } }));
  });
  return { address, asked };
}

export const sha512 = (bytes: Buffer): string => `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
