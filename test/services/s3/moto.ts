import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf, shortDigest } from "#core/digest";
import { answers, Daemon, freePort, run, withRetries } from "./child.ts";
import { CACHE, installPackages, needCommands } from "./packages.ts";
import type { S3Server } from "./server.ts";

const REQUIREMENTS = join(import.meta.dirname, "moto-requirements.txt");

/** PyPI's moto: a second reading of the protocol. It takes any secret, so it says nothing about signatures. */
export async function startMoto(): Promise<S3Server> {
  const program = await environment();
  const folder = await mkdtemp(join(tmpdir(), "tidemark-moto-"));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const args = ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)];
  const daemon = new Daemon({ command: program, args }, join(folder, "moto.out"));
  const stop = async () => {
    await daemon.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await daemon.ready(() => answers(`${endpoint}/moto-api/data.json`), 60);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, keys: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "any" }, stop };
}

/** The Python of an environment that holds exactly the pinned packages; made once per list of packages and Python. */
async function environment(): Promise<string> {
  await needCommands({ python3: "python3" });
  const version = await run({ command: "python3", args: ["-VV"] });
  const pins = await readFile(REQUIREMENTS, "utf8");
  const folder = join(CACHE, `moto-${shortDigest(digestOf(pins + version))}`);
  const program = join(folder, "bin", "python");
  const mark = join(folder, "complete");
  if (await readFile(mark).catch(() => undefined)) return program;
  await rm(folder, { recursive: true, force: true });
  await makeEnvironment(folder);
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", REQUIREMENTS];
  await withRetries(() => run({ command: program, args: install, seconds: 240 }));
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
