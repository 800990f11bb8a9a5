// Java programs of Maven Central, at one version each, fetched once into the home folder.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { command } from "./command.ts";

const FETCH_TRIES = 4;

export interface Jars {
  /** The folder's name in the cache; with the version. */
  readonly name: string;
  /** One archive that brings everything, or the `<dependency>` elements whose jars are wanted with all they need. */
  readonly what: { readonly archive: string } | { readonly dependencies: string };
}

/** @returns the folder they lie in */
export async function fetchJars({ name, what }: Jars): Promise<string> {
  const cache = join(homedir(), ".cache", "tidemark");
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, "fetch-"));
  try {
    if ("dependencies" in what) await writeFile(join(fresh, "pom.xml"), pom(what.dependencies));
    await fetchInto(fresh, what);
    // Whole or not at all; another run may have been faster.
    await rename(join(fresh, "lib"), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}

async function fetchInto(folder: string, what: Jars["what"]): Promise<void> {
  const goal =
    "archive" in what
      ? ["dependency:unpack", `-Dartifact=${what.archive}`]
      : ["dependency:copy-dependencies", "-DincludeScope=runtime"];
  // A checksum that is wrong fails.
  const line = ["-q", "-B", "-C", ...goal, "-DoutputDirectory=lib"];
  for (let attempt = 1; ; attempt += 1) {
    try {
      await command("mvn", line, folder);
      return;
    } catch (error) {
      if (attempt === FETCH_TRIES) throw error;
      await pause(attempt * 5_000);
    }
  }
}

function pom(dependencies: string): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tidemark</groupId><artifactId>test-jars</artifactId><version>1</version>
  <dependencies>${dependencies}</dependencies>
</project>
`;
}
