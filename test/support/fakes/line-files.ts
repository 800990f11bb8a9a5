import { digestOf } from "#core/digest";
import { UserError } from "#core/errors";
import type { LineFiles } from "#core/ports/line-files";

export interface MemoryLineFiles extends LineFiles {
  readonly contents: Map<string, string[]>;
}

/** Scratch files in memory. `locate` names places that do not exist. */
export function memoryLineFiles(): MemoryLineFiles {
  const contents = new Map<string, string[]>();
  return {
    contents,
    open: async (path) => {
      const lines: string[] = [];
      contents.set(path, lines);
      return {
        write: async (line) => {
          lines.push(line);
        },
        close: async () => {
          const text = lines.map((line) => `${line}\n`).join("");
          return { size: Buffer.byteLength(text), digest: digestOf(text) };
        },
      };
    },
    async *lines(path) {
      const found = contents.get(path);
      if (found === undefined) throw new UserError("FILE_MISSING", `No file "${path}".`, "Check the path.");
      yield* found;
    },
    locate: (path) => `/memory/${path}`,
    remove: async (path) => {
      contents.delete(path);
    },
  };
}
