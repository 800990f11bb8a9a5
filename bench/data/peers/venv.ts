import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digestOf, shortDigest } from "#core/digest";
import { run, withRetries } from "#test/services/s3/child";
import { CACHE, installPackages, needCommands } from "#test/services/s3/packages";

/** The Python (3.11 or newer) of an environment that holds exactly the packages of that file. */
export async function pythonWith(requirements: string): Promise<string> {
  await needCommands({ python3: "python3" });
  const version = await run({ command: "python3", args: ["-VV"] });
  const list = join(import.meta.dirname, requirements);
  const folder = join(CACHE, `peers-${shortDigest(digestOf((await readFile(list, "utf8")) + version))}`);
  const program = join(folder, "bin", "python");
  const mark = join(folder, "complete");
  if (await readFile(mark).catch(() => undefined)) return program;
  await rm(folder, { recursive: true, force: true });
  await makeEnvironment(folder);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", list];
  await withRetries(() => run({ command: program, args: install, seconds: 600 }));
  await writeFile(mark, "complete\n");
  return program;
}

/** Debian keeps Python's venv apart. */
async function makeEnvironment(folder: string): Promise<void> {
  const make = () => run({ command: "python3", args: ["-m", "venv", folder] });
  await make().catch(async () => {
    await rm(folder, { recursive: true, force: true });
    await installPackages(["python3-venv"]);
    await make();
  });
}
