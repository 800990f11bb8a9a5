import { join, resolve } from "node:path";
import type { FileSource } from "#core/ports/file-source";
import { copyFile } from "./copy-file.ts";
import { findFiles } from "./find-files.ts";
import { safePlaceOf } from "./place.ts";
import { explained } from "./problems.ts";

/** Files below a folder of this machine, named by paths, wildcards or folders; links are refused. */
export function folderSource(folder: string, patterns: readonly string[]): FileSource {
  const root = resolve(folder);
  return {
    list: async () => {
      const found = new Set<string>();
      for (const pattern of patterns) for (const path of await findFiles(root, pattern)) found.add(path);
      return [...found].sort();
    },
    copy: async (name, to, maxBytes) => {
      try {
        await safePlaceOf(root, name);
        return await copyFile({ from: join(root, name), to, name, maxBytes });
      } catch (error) {
        throw explained(name, error);
      }
    },
    description: `the folder ${root}`,
  };
}
