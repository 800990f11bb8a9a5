import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runToEnd } from "./process.ts";

/** One bundle of the whole suite: each action becomes a chunk that is loaded when its stub asks for it. */
export async function pack(root: string, build: string, dist: string): Promise<void> {
  await packEntry({ root, entry: `${build}/actions/suite.js`, dist });
}

/**
 * The data engine's child process, a program of its own: it may die without taking the action along. DuckDB's native
 * library is not in it, it is found when the child starts.
 */
export async function packEngine(root: string, build: string, dist: string): Promise<void> {
  const entry = `${build}/adapters/duckdb/engine-main.js`;
  await packEntry({ root, entry, dist: join(dist, ENGINE), external: "@duckdb/node-bindings" });
  // Beside the chunks of the suite, where adapters/duckdb looks for it.
  await writeFile(join(dist, "engine-main.js"), `import "./${ENGINE}/index.js";\n`);
}

/** Its folder in dist/: the numbers of its chunks are its own. */
export const ENGINE = "engine";

interface Entry {
  readonly root: string;
  readonly entry: string;
  readonly dist: string;
  /** A package that is not put in. */
  readonly external?: string;
}

async function packEntry({ root, entry, dist, external }: Entry): Promise<void> {
  const { exitCode, output } = await runToEnd({
    program: process.execPath,
    args: [
      join(root, "node_modules/@vercel/ncc/dist/ncc/cli.js"),
      ...["build", entry, "-o", dist, "--license", "licenses.txt", "--no-cache"],
      ...(external === undefined ? [] : ["-e", external]),
    ],
    folder: root,
    timeoutSeconds: 600,
  });
  if (exitCode !== 0 || /Module not found|Can't resolve|Module parse failed/.test(output)) {
    throw new Error(`ncc failed:\n${output}`);
  }
  const problem = findMisfit(await readdir(dist, { recursive: true }), await scripts(dist));
  if (problem !== undefined) throw new Error(problem);
}

/** What must not be in a bundle, or undefined. @param names of its files @param code of its scripts, joined */
export function findMisfit(names: readonly string[], code: string): string | undefined {
  // ncc takes a path joined from a word like "models" for files to ship, copies every such folder it finds and rewrites the path.
  const relocated = /[^\n]*__webpack_require__\.ab \+ "[^"]*\/[^\n]*/.exec(code)?.[0];
  if (relocated !== undefined) return `ncc took a path for shipped files; build it without path.join: ${relocated}`;
  // ncc builds for the platform it runs on only, and DuckDB's library alone has 70 MB.
  const native = names.find((name) => /\.(?:node|so|dll|dylib)(?:\.|$)/.test(name));
  if (native !== undefined) return `ncc shipped the native file ${native}; name its package as external.`;
  const missing = unresolvedImports(code).filter((module) => !OPTIONAL_MODULES.has(module));
  if (missing.length === 0) return undefined;
  return `No such module: ${missing.join(", ")}. If a package can do without one, say so in scripts/bundle/pack.ts.`;
}

/** Modules that a package can do without: bottleneck, inside probot, asks for Redis only when told to share its limits. */
const OPTIONAL_MODULES: ReadonlySet<string> = new Set(["ioredis", "redis"]);

/** ncc says nothing of an import that leads nowhere, exits 0 and leaves this in its place, which throws when it is reached. */
const UNRESOLVED = /module\.exports = eval\("require"\)\("([^"]+)"\)/g;

async function scripts(dist: string): Promise<string> {
  const names = (await readdir(dist)).filter((name) => name.endsWith(".js"));
  return (await Promise.all(names.map((name) => readFile(join(dist, name), "utf8")))).join("\n");
}

export function unresolvedImports(bundle: string): readonly string[] {
  return [...new Set([...bundle.matchAll(UNRESOLVED)].map(([, module = "?"]) => module))].sort();
}

/** dist/<name>.js, what action.yml names as main. */
export async function writeStubs(dist: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await writeFile(join(dist, `${name}.js`), `import { main } from "./index.js";\n\nawait main("${name}");\n`);
  }
}
