import { gunzipSync } from "node:zlib";

export interface PackedFile {
  /** Without a folder. */
  readonly name: string;
  readonly content: Buffer;
}

const BLOCK = 512;
const MAX_BYTES = 400 * 1024 * 1024;
const REGULAR = new Set(["0", "\0"]);
const NAME = /^package\/([A-Za-z0-9._-]+)$/;

/** The regular files right inside an npm package (a gzipped tar of the kind ustar); anything else is left out. */
export function unpackPackage(archive: Buffer): readonly PackedFile[] {
  const tar = gunzipSync(archive, { maxOutputLength: MAX_BYTES });
  const files: PackedFile[] = [];
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(textAt(tar, at + 124, 12), 8);
    if (!Number.isInteger(size) || size < 0) throw new Error("The package's tar has an entry without a size.");
    const name = NAME.exec(textAt(tar, at, 100))?.[1];
    const content = tar.subarray(at + BLOCK, at + BLOCK + size);
    if (name !== undefined && REGULAR.has(String.fromCharCode(tar[at + 156] ?? 0))) files.push({ name, content });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function textAt(tar: Buffer, start: number, length: number): string {
  const text = tar.toString("latin1", start, start + length);
  const end = text.indexOf("\0");
  return (end === -1 ? text : text.slice(0, end)).trim();
}
