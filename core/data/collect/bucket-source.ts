import { UserError } from "../../errors.ts";
import type { Bucket, StoredObject } from "../../ports/bucket.ts";
import type { FileSource } from "../../ports/file-source.ts";
import { MAX_FILES } from "./dataset-record.ts";
import { hasWildcard, literalFolder, matchesWildcard } from "./wildcard.ts";

/**
 * Objects of a bucket, named by their keys. A pattern is a key, a key with wildcards, or the beginning of keys up to a
 * slash, which means all objects below.
 */
export function bucketSource(bucket: Bucket, patterns: readonly string[]): FileSource {
  const objects = new Map<string, StoredObject>();
  return {
    list: async () => {
      for (const pattern of patterns) {
        for (const object of await find(bucket, pattern)) objects.set(object.key, object);
      }
      return [...objects.keys()].sort();
    },
    copy: async (key, file, maxBytes) => {
      const listed = objects.get(key);
      if (listed === undefined) throw new Error(`${key} was not listed`);
      if (listed.size > maxBytes) throw tooLarge(key, maxBytes);
      const copied = await bucket.get(key, file);
      // Whatever is in the place of what was listed: nobody said that it is meant.
      if (copied.size === listed.size) return copied;
      const hint = "Let the step that writes it end before this one starts.";
      throw new UserError("SOURCE_CHANGED", `The object "${key}" changed while it was collected.`, hint);
    },
    description: bucket.description,
  };
}

async function find(bucket: Bucket, pattern: string): Promise<readonly StoredObject[]> {
  const wanted = pattern === "" || pattern.endsWith("/") ? `${pattern}**` : pattern;
  const prefix = hasWildcard(wanted) ? `${literalFolder(wanted)}/`.replace(/^\/$/, "") : wanted;
  const named: StoredObject[] = [];
  const below: StoredObject[] = [];
  for await (const object of bucket.list(prefix)) {
    shelfFor(wanted, object.key, { named, below })?.push(object);
    if (named.length + below.length > MAX_FILES) throw tooMany(pattern);
  }
  if (named.length > 0) return named;
  if (below.length > 0) return below;
  throw new UserError(
    "SOURCE_EMPTY",
    `${bucket.description} has no object ${JSON.stringify(pattern)}.`,
    "Check the prefix, and that the step which writes the objects ran before.",
  );
}

interface Shelves {
  readonly named: StoredObject[];
  /** Of a pattern without wildcards that is no key: what lies in the folder of that name. */
  readonly below: StoredObject[];
}

function shelfFor(pattern: string, key: string, { named, below }: Shelves): StoredObject[] | undefined {
  // Some tools keep an empty object as a mark of the folder itself.
  if (key.endsWith("/")) return undefined;
  if (hasWildcard(pattern)) return matchesWildcard(pattern, key) ? named : undefined;
  if (key === pattern) return named;
  return matchesWildcard(`${pattern}/**`, key) ? below : undefined;
}

function tooLarge(key: string, maxBytes: number): UserError {
  const problem = `The object "${key}" has more than the ${maxBytes} bytes that may still be read.`;
  return new UserError("TOO_LARGE", problem, "Check that this is the right object, or raise limit-bytes.");
}

function tooMany(pattern: string): UserError {
  const problem = `${JSON.stringify(pattern)} means more than ${MAX_FILES} objects.`;
  return new UserError("TOO_LARGE", problem, "Join them into fewer, larger ones, or collect part of them.");
}
