import { digestOf } from "#core/digest";
import { UserError } from "#core/errors";
import { RelativePath } from "#core/names";
import type { Files } from "#core/ports/files";

export interface MemoryFiles extends Files {
  readonly contents: Map<string, Uint8Array>;
}

/** A folder in memory. `locate` names places that do not exist. */
export function memoryFiles(start: Readonly<Record<string, string>> = {}): MemoryFiles {
  const bytesOf = (content: string | Uint8Array) =>
    typeof content === "string" ? new TextEncoder().encode(content) : content;
  const contents = new Map(Object.entries(start).map(([path, text]) => [path, bytesOf(text)]));
  const safe = (path: string): string => {
    if (RelativePath.safeParse(path).success) return path;
    throw new UserError("FILE_REFUSED", `The path "${path}" is refused.`, "Use a path inside the folder.");
  };
  const found = (path: string): Uint8Array => {
    const bytes = contents.get(safe(path));
    if (bytes === undefined)
      throw new UserError("FILE_MISSING", `The file "${path}" does not exist.`, "Check the path.");
    return bytes;
  };
  const measured = (bytes: Uint8Array) => ({ size: bytes.length, digest: digestOf(bytes) });
  return {
    contents,
    readText: async (path, maxBytes = Number.POSITIVE_INFINITY) => {
      const bytes = found(path);
      if (bytes.length > maxBytes)
        throw new UserError("FILE_TOO_LARGE", `The file "${path}" is too large.`, "Check it.");
      return decoded(path, bytes);
    },
    exists: async (path) => contents.has(safe(path)),
    write: async (path, content) => {
      contents.set(safe(path), bytesOf(content));
    },
    measure: async (path) => measured(found(path)),
    list: async (folder) => {
      const prefix = safe(folder) === "." ? "" : `${folder}/`;
      const inside = [...contents].filter(([path]) => path.startsWith(prefix));
      return inside
        .map(([path, bytes]) => ({ path: path.slice(prefix.length), ...measured(bytes) }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    remove: async (path) => {
      contents.delete(safe(path));
    },
    makeFolder: async (folder) => void safe(folder),
    removeFolder: async (folder) => {
      for (const path of contents.keys()) if (path.startsWith(`${safe(folder)}/`)) contents.delete(path);
    },
    locate: (path) => `/memory/${safe(path)}`,
  };
}

function decoded(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UserError("FILE_NOT_UTF8", `The file "${path}" is not UTF-8.`, "Save it as UTF-8.");
  }
}
