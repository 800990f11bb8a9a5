import { UserError } from "#core/errors";

export function missing(reason: string, cause?: unknown): UserError {
  const hint =
    "Let the runner reach an npm registry (npm's own settings for registry and proxy count), or give a folder that has the files.";
  return new UserError("DATA_ENGINE_MISSING", `DuckDB's native library cannot be had: ${reason}.`, hint, { cause });
}
