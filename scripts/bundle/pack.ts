import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runToEnd } from "./process.ts";

/** One bundle of the whole suite: each action becomes a chunk that is loaded when its stub asks for it. */
export async function pack(root: string, build: string, dist: string): Promise<void> {
  const { exitCode, output } = await runToEnd({
    program: process.execPath,
    args: [
      join(root, "node_modules/@vercel/ncc/dist/ncc/cli.js"),
      ...["build", join(build, "actions/suite.js"), "-o", dist, "--license", "licenses.txt", "--no-cache"],
    ],
    folder: root,
    timeoutSeconds: 600,
  });
  if (exitCode !== 0 || /Module not found|Can't resolve|Module parse failed/.test(output)) {
    throw new Error(`ncc failed:\n${output}`);
  }
  const texts = await scripts(dist);
  // ncc takes a path joined from a word like "models" for files to ship, copies every such folder it finds and rewrites the path.
  const relocated = /[^\n]*__webpack_require__\.ab \+ "[^"]*\/[^\n]*/.exec(texts)?.[0];
  if (relocated !== undefined)
    throw new Error(`ncc took a path for shipped files; build it without path.join: ${relocated}`);
  const missing = unresolvedImports(texts).filter((module) => !OPTIONAL_MODULES.has(module));
  if (missing.length > 0) {
    throw new Error(
      `No such module: ${missing.join(", ")}. If a package can do without one, say so in scripts/bundle/pack.ts.`,
    );
  }
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
