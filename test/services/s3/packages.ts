import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { run, withRetries } from "./child.ts";

export const CACHE = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "tidemark");

/** Installs packages of the system whose command is not there yet; what was downloaded is kept for the next time. */
export async function needCommands(packageOf: Readonly<Record<string, string>>): Promise<void> {
  const missing: string[] = [];
  for (const [command, name] of Object.entries(packageOf)) if (!(await isThere(command))) missing.push(name);
  if (missing.length > 0) await installPackages(missing);
}

const isThere = (command: string): Promise<boolean> =>
  run({ command: "sh", args: ["-c", 'command -v "$1"', "sh", command] }).then(
    () => true,
    () => false,
  );

export function installPackages(names: readonly string[]): Promise<void> {
  return withRetries(() => install(names));
}

async function install(packages: readonly string[]): Promise<void> {
  const archives = join(CACHE, "apt");
  await mkdir(join(archives, "partial"), { recursive: true });
  await apt(["update"]);
  const options = ["-y", "--no-install-recommends", "-o", `Dir::Cache::archives=${archives}`];
  await apt(["install", ...options, "-o", "APT::Keep-Downloaded-Packages=true", ...packages]);
}

async function apt(args: readonly string[]): Promise<void> {
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"];
  const [command = "env", ...rest] = [...sudo, ...quiet, "-o", "Acquire::Retries=3", ...args];
  await run({ command, args: rest, seconds: 240 });
}
