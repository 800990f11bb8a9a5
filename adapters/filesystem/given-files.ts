import { isAbsolute, parse, relative, resolve, sep } from "node:path";
import { UserError } from "#core/errors";
import type { GivenFiles } from "#core/ports/given-files";
import { folderFiles } from "./files.ts";

/**
 * Files that a person names, on a command line or in a workflow: relative to the folder as everywhere, or with an
 * absolute path, or one that leaves the folder, anywhere on this machine. Paths that come from a repository's files are
 * not for this.
 */
export function givenFiles(folder: string): GivenFiles {
  const inside = folderFiles(folder);
  return {
    readText: (path, maxBytes) => {
      if (!isOutside(path)) return inside.readText(path, maxBytes);
      const { files, name } = onMachine(folder, path);
      return files.readText(name, maxBytes).catch((error: unknown) => Promise.reject(named(error, name, path)));
    },
    locate: (path) => {
      if (!isOutside(path)) return inside.locate(path);
      const { files, name } = onMachine(folder, path);
      return files.locate(name);
    },
  };
}

function isOutside(path: string): boolean {
  return isAbsolute(path) || path.split(/[\\/]/).includes("..");
}

function onMachine(folder: string, path: string) {
  const place = resolve(folder, path);
  const { root } = parse(place);
  return { files: folderFiles(root), name: relative(root, place).split(sep).join("/") };
}

/** The error with the path as the person wrote it. */
function named(error: unknown, name: string, path: string): unknown {
  if (!(error instanceof UserError)) return error;
  const { code, problem, hint } = error;
  return new UserError(
    code,
    problem.replace(`"${name}"`, () => `"${path}"`),
    hint,
    { cause: error },
  );
}
