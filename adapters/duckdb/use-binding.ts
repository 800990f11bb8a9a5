import { createRequire, registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { missing } from "./missing-binding.ts";

/**
 * From here on `@duckdb/node-bindings` is the native file in that folder, whatever node_modules has or has not.
 * @throws UserError DATA_ENGINE_MISSING when this machine cannot load it
 */
export function useBinding(folder: string): void {
  const path = join(folder, "duckdb.node");
  load(path);
  const url = pathToFileURL(path).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "@duckdb/node-bindings" ? { url, shortCircuit: true } : next(specifier, context),
  });
}

/** An old system's libraries, a file of another platform, a cut file: told here, as the user's matter. */
function load(path: string): void {
  try {
    createRequire(import.meta.url)(path);
  } catch (cause) {
    const [reason = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
    throw missing(`${path} cannot be loaded (${reason})`, cause);
  }
}
