import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runToEnd } from "./process.ts";

/** Emits JavaScript and a package.json of its own whose imports lead to the emitted files. */
export async function compile(root: string, folder: string): Promise<void> {
  const { exitCode, output } = await runToEnd({
    program: process.execPath,
    args: [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json", "--outDir", folder],
    folder: root,
    timeoutSeconds: 300,
  });
  if (exitCode !== 0) throw new Error(`tsc failed:\n${output}`);
  await writeFile(join(folder, "package.json"), `${JSON.stringify(await emittedManifest(root), undefined, 2)}\n`);
  await access(join(folder, "actions/suite.js"));
}

async function emittedManifest(root: string) {
  const { version, imports } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    version: string;
    imports: Record<string, string>;
  };
  const emitted = Object.entries(imports).map(([name, target]) => [name, target.replace(/\.ts$/, ".js")]);
  return { name: "tidemark-build", version, private: true, type: "module", imports: Object.fromEntries(emitted) };
}
