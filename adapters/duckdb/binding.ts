import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import integrity from "./binding-integrity.json" with { type: "json" };
import { bindingPlatform } from "./binding-platform.ts";
import { fetchBinding } from "./fetch-binding.ts";
import { missing } from "./missing-binding.ts";

export interface BindingSource {
  /** Holds duckdb.node and its library: for runners without a registry. Nothing else is looked at when it is given. */
  readonly bindingFolder?: string | undefined;
  /** Instead of what npm is configured to use. */
  readonly registry?: string | undefined;
  /** Where a fetched binding is kept; RUNNER_TOOL_CACHE unless given. Without one nothing is fetched. */
  readonly toolCache?: string | undefined;
}

const NATIVE_FILE = "duckdb.node";

/** The folder of DuckDB's native files: the given one, the checkout's, or one fetched into the tool cache. */
export async function findBinding(source: BindingSource): Promise<string> {
  if (source.bindingFolder !== undefined) return given(source.bindingFolder);
  const platform = bindingPlatform();
  const installed = installedFolder(platform);
  if (installed !== undefined) return installed;
  const toolCache = source.toolCache ?? process.env["RUNNER_TOOL_CACHE"];
  if (toolCache === undefined || toolCache === "")
    throw missing(`it is not installed for ${platform}, and there is no tool cache to fetch it into`);
  return fetchBinding({ platform, toolCache, registry: source.registry });
}

/** Whether the engine can run without fetching anything. */
export function hasInstalledBinding({ bindingFolder }: BindingSource = {}): boolean {
  return bindingFolder !== undefined || installedFolder(bindingPlatform()) !== undefined;
}

function given(folder: string): string {
  if (existsSync(join(folder, NATIVE_FILE))) return resolve(folder);
  throw missing(`the folder "${folder}" has no ${NATIVE_FILE}`);
}

const Manifest = z.object({ version: z.string() });

/** Of the checkout, or of any node_modules above a bundle that stands in a repository: then only the version we know. */
function installedFolder(platform: string): string | undefined {
  try {
    const own = createRequire(import.meta.url);
    const folder = dirname(own.resolve(`@duckdb/node-bindings-${platform}/${NATIVE_FILE}`));
    const { version } = Manifest.parse(JSON.parse(readFileSync(`${folder}/package.json`, "utf8")));
    return version === integrity.version ? folder : undefined;
  } catch {
    return undefined;
  }
}
