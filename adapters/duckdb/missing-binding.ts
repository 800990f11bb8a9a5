import { UserError } from "#core/errors";

export function missing(reason: string, cause?: unknown): UserError {
  const hint =
    'Let the job reach an npm registry (npm\'s settings for registry and proxy count, or give the input "registry"), or give the input "engine-folder" the folder of its files.';
  return new UserError("DATA_ENGINE_MISSING", `DuckDB's native library cannot be had: ${reason}.`, hint, { cause });
}
