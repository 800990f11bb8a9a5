import { mkdir, symlink } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { openTable } from "./open-table.ts";
import { openSession, type Session, type SessionLimits } from "./session.ts";
import type { Table } from "./table.ts";

export interface OpenFiles {
  readonly session: Session;
  /** One of the files, opened once however often it is asked for. */
  open(path: string): Promise<Table>;
}

interface Opening extends SessionLimits {
  readonly maxBytes: number;
  readonly workFolder: string;
}

/** A session that may read these files and no other. */
export async function openFiles(paths: readonly string[], opening: Opening): Promise<OpenFiles> {
  const { maxBytes, workFolder } = opening;
  await mkdir(opening.spillFolder);
  const readPaths = new Map<string, string>();
  for (const path of paths) readPaths.set(path, await plainPath(path, join(workFolder, `data-${readPaths.size}`)));
  const session = await openSession({ files: [...readPaths.values()], folders: [] }, opening);
  const tables = new Map<string, Promise<Table>>();
  return {
    session,
    open: (path) => {
      const readPath = readPaths.get(path);
      if (readPath === undefined) throw new Error(`${path} is not among the files of this session.`);
      const table = tables.get(path) ?? openTable({ path, readPath, maxBytes, session });
      tables.set(path, table);
      return table;
    },
  };
}

/** DuckDB takes * ? [ in a path for a pattern, and what a pattern finds is not the file that was asked for. */
async function plainPath(path: string, link: string): Promise<string> {
  const absolute = resolve(path);
  if (!/[*?[\]]/.test(absolute)) return absolute;
  const named = `${link}${extname(absolute)}`;
  await symlink(absolute, named);
  return named;
}
