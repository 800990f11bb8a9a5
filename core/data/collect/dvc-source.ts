import { UserError } from "../../errors.ts";
import type { FileSource } from "../../ports/file-source.ts";
import type { Md5 } from "../../ports/md5.ts";
import type { DvcData } from "./dvc-pointer.ts";

/** Files that DVC tracks: those of the working tree, each looked at by its MD5. @param folder opens the files of these paths */
export function dvcSource(data: DvcData, md5: Md5, folder: (paths: readonly string[]) => FileSource): FileSource {
  const { upstream, md5s } = data;
  const files = folder([...md5s.keys()]);
  const isFile = !upstream.md5.endsWith(".dir");
  return {
    upstream,
    list: () => files.list(),
    copy: async (name, file, maxBytes) => {
      const copied = await files.copy(name, file, maxBytes);
      const found = await md5.ofFile(file);
      const wanted = md5s.get(name);
      const isRight = found.exact === wanted || (data.isLegacy && found.unixLines === wanted);
      const isLong = isFile && upstream.size !== null && upstream.size !== copied.size;
      if (isRight && !isLong) return copied;
      throw new UserError(
        "SOURCE_CHANGED",
        `"${name}" is not the file DVC tracks: its ${isRight ? "size" : "MD5"} is another.`,
        "Check it out again (dvc pull), or let DVC take the new one (dvc commit).",
      );
    },
    description: `${files.description}, tracked by DVC`,
  };
}
