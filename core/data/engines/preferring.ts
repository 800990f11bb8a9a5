import { UserError } from "../../errors.ts";
import { isCsv } from "./is-csv.ts";
import { type Choice, choosing, type TableEngine } from "./table-engine.ts";

export interface Engines {
  readonly duckDb: TableEngine;
  readonly csv: TableEngine;
  /** Bytes of a file, undefined when there is none. */
  readonly bytesOf: (path: string) => Promise<number | undefined>;
  /** Told once, when DuckDB is not to be had and the reader for CSV does its work. */
  readonly warn: (sentence: string) => void;
}

// Below it the reader for CSV is done before DuckDB's process has started; see docs/adr/0011-the-actions-choose-the-engine.md.
const SMALL_BYTES = 4_000_000;
// What a gzipped byte holds of text, roughly.
const GZIP_RATIO = 4;

/**
 * DuckDB, but for CSV files so small that its start costs more than it saves, and for CSV where DuckDB cannot be had.
 * Both are held to one suite, so the answer is the same. Any other error of DuckDB is the answer.
 */
export function preferring({ duckDb, csv, bytesOf, warn }: Engines): TableEngine {
  let isTold = false;
  const tell = ({ problem }: UserError) => {
    if (!isTold) warn(`${problem} The slower reader for CSV does its work.`);
    isTold = true;
  };
  const bySize: Choice = async (paths, ask) => {
    if (paths.every(isCsv) && (await areSmall(paths, bytesOf)))
      return on(
        "ENGINE_LACKS",
        () => ask(csv),
        () => ask(duckDb),
      );
    return duckDbFirst(paths, ask);
  };
  const duckDbFirst: Choice = (paths, ask) => {
    const askDuckDb = () => ask(duckDb);
    if (!paths.every(isCsv)) return askDuckDb();
    return on("DATA_ENGINE_MISSING", askDuckDb, (missing) => {
      tell(missing);
      const lacking = () => Promise.reject(missing);
      return on("ENGINE_LACKS", () => ask(csv), lacking);
    });
  };
  const [chosen, first] = [choosing(bySize), choosing(duckDbFirst)];
  // Only DuckDB runs statements; the reader for CSV answers each with a refusal.
  return { ...chosen, survey: (path, request) => (request.queries.length > 0 ? first : chosen).survey(path, request) };
}

/** What the work gives, or what is done instead when it fails with that code. */
async function on<Answer>(
  code: string,
  work: () => Promise<Answer>,
  instead: (error: UserError) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError && error.code === code) return instead(error);
    throw error;
  }
}

async function areSmall(paths: readonly string[], bytesOf: Engines["bytesOf"]): Promise<boolean> {
  const sizes = await Promise.all(
    paths.map(async (path) => ((await bytesOf(path)) ?? 0) * (path.toLowerCase().endsWith(".gz") ? GZIP_RATIO : 1)),
  );
  return sizes.reduce((sum, size) => sum + size, 0) <= SMALL_BYTES;
}
