import { z } from "zod";
import { Digest, digestOf } from "../digest.ts";
import { RelativePath } from "../names.ts";

/** One file of a model: where it lies in the model's folder, how long it is, what its bytes are. */
export const ModelFile = z.strictObject({
  path: RelativePath,
  size: z.number().int().min(0),
  digest: Digest,
});
export type ModelFile = z.output<typeof ModelFile>;

/** All files of a model. A model has at least one file and no two of one path. */
export const ModelFiles = z
  .array(ModelFile)
  .min(1, "a model has at least one file")
  .max(2_000, "a model has at most 2,000 files")
  .refine((files) => new Set(files.map((file) => file.path.toLowerCase())).size === files.length, {
    error: "two files share one path (letter case is not told apart)",
  });
export type ModelFiles = z.output<typeof ModelFiles>;

/**
 * The digest that names a model: SHA-256 over its list of files. Names and sizes are bound, so a renamed file is
 * another model.
 */
export function modelDigest(files: readonly ModelFile[]): Digest {
  return digestOf(fileList(files));
}

/** One line per file, `<path> <size> <hex>\n`, sorted by path. */
export function fileList(files: readonly ModelFile[]): string {
  const sorted = [...files].sort((a, b) => compareCodePoints(a.path, b.path));
  return sorted.map((file) => `${file.path} ${file.size} ${file.digest.slice("sha256:".length)}\n`).join("");
}

/** The order of UTF-8 bytes, in which any language sorts alike; JavaScript's own order differs beyond U+FFFF. */
function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a, (char) => char.codePointAt(0) ?? 0);
  const right = Array.from(b, (char) => char.codePointAt(0) ?? 0);
  const at = left.findIndex((point, index) => point !== right[index]);
  return at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
}
