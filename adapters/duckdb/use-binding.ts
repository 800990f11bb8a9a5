import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** From here on `@duckdb/node-bindings` is the native file in that folder, whatever node_modules has or has not. */
export function useBinding(folder: string): void {
  const url = pathToFileURL(join(folder, "duckdb.node")).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "@duckdb/node-bindings" ? { url, shortCircuit: true } : next(specifier, context),
  });
}
