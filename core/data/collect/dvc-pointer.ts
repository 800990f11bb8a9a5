import { z } from "zod";
import { UserError } from "../../errors.ts";
import { RelativePath } from "../../names.ts";
import { parseAs } from "../../parse-as.ts";
import type { Documents } from "../../ports/documents.ts";
import type { Files } from "../../ports/files.ts";
import { Upstream } from "./dataset-record.ts";

const Output = z.object({
  path: z.string().min(1),
  md5: Upstream.shape.md5,
  size: Upstream.shape.size.prefault(null),
  /** Absent before DVC 3, which took CR LF in text for LF. */
  hash: z.literal("md5").optional(),
});
type Output = z.output<typeof Output>;

const PointerFile = z.object({ wdir: z.string().prefault("."), outs: z.array(Output).min(1) });
const LockFile = z.object({ stages: z.record(z.string(), z.object({ outs: z.array(Output).prefault([]) })) });
const Manifest = z.array(z.object({ relpath: RelativePath, md5: z.string().regex(/^[0-9a-f]{32}$/) })).min(1);

/** What DVC says a file, or the files of a folder, are. */
export interface DvcData {
  readonly upstream: Upstream;
  /** By path below the working directory. */
  readonly md5s: ReadonlyMap<string, string>;
  /** Whether the MD5s may be those of text with LF for CR LF. */
  readonly isLegacy: boolean;
}

export interface DvcPorts {
  readonly files: Files;
  readonly documents: Documents;
  readonly md5: { ofText(text: string): string };
}

const HINT = "Let DVC write the file again (dvc add, dvc repro).";

/**
 * Reads a `.dvc` file, or of a `dvc.lock` the output `stage/path`. The list of a folder's files is read from DVC's cache.
 * @throws UserError DVC_MALFORMED, DVC_OUTPUT_MISSING, DVC_CACHE_MISSING
 */
export async function readDvcPointer(ports: DvcPorts, pointer: string, output: string | undefined): Promise<DvcData> {
  const value = ports.documents.parse(await ports.files.readText(pointer), pointer);
  const found = output === undefined ? ofPointer(value, pointer) : ofLock(value, pointer, output);
  const path = joined(pointer, found.path);
  const upstream = { kind: "dvc", md5: found.md5, size: found.size } as const;
  const isLegacy = found.hash === undefined;
  if (!found.md5.endsWith(".dir")) return { upstream, isLegacy, md5s: new Map([[path, found.md5]]) };
  const manifest = await readManifest(ports, found.md5);
  return { upstream, isLegacy, md5s: new Map(manifest.map(({ relpath, md5 }) => [`${path}/${relpath}`, md5])) };
}

function ofPointer(value: unknown, source: string): Output {
  const { outs, wdir } = parseAs(PointerFile, value, { source, code: "DVC_MALFORMED", hint: HINT });
  const [only, second] = outs;
  if (only === undefined || second !== undefined) {
    throw new UserError("DVC_MALFORMED", `${source} has ${outs.length} outputs; one is read.`, "Add each by itself.");
  }
  return { ...only, path: only.path.startsWith("/") ? only.path : `${wdir}/${only.path}` };
}

function ofLock(value: unknown, source: string, output: string): Output {
  const { stages } = parseAs(LockFile, value, { source, code: "DVC_MALFORMED", hint: HINT });
  const [name = ""] = output.split("/");
  const stage = Object.hasOwn(stages, name) ? stages[name] : undefined;
  const path = output.slice(name.length + 1);
  const found = stage?.outs.find((each) => each.path === path);
  if (found !== undefined) return found;
  const known = Object.entries(stages).flatMap(([each, { outs }]) => outs.map((out) => `${each}/${out.path}`));
  const hint = `There are: ${known.slice(0, 20).join(", ") || "none"}.`;
  throw new UserError("DVC_OUTPUT_MISSING", `${source} has no output ${JSON.stringify(output)}.`, hint);
}

/** The path below the working directory; DVC's paths start at the pointer's folder. */
function joined(pointer: string, path: string): string {
  const parts = pointer.split("/").slice(0, -1);
  let isOutside = path.startsWith("/");
  for (const part of path.split("/")) {
    if (part === "..") isOutside ||= parts.pop() === undefined;
    else if (part !== "." && part !== "") parts.push(part);
  }
  const whole = parts.filter((part) => part !== ".").join("/");
  if (!isOutside && RelativePath.safeParse(whole).success) return whole;
  const problem = `${pointer} names ${JSON.stringify(path)}, which lies outside the working directory.`;
  throw new UserError("DVC_MALFORMED", problem, "Collect from a working directory that holds the data.");
}

const MANIFEST_BYTES = 64 * 1024 * 1024;

/** Where DVC 3 keeps it, and where DVC 2 did. */
async function readManifest({ files, md5 }: DvcPorts, name: string) {
  const [start, rest] = [name.slice(0, 2), name.slice(2)];
  for (const path of [`.dvc/cache/files/md5/${start}/${rest}`, `.dvc/cache/${start}/${rest}`]) {
    if (!(await files.exists(path))) continue;
    const text = await files.readText(path, MANIFEST_BYTES);
    if (`${md5.ofText(text)}.dir` !== name) break;
    return parseAs(Manifest, jsonOf(text), { source: path, code: "DVC_MALFORMED", hint: HINT });
  }
  throw new UserError(
    "DVC_CACHE_MISSING",
    `The list of files that ${name} names is not, or not whole, in .dvc/cache.`,
    "Fetch it before this step: dvc pull.",
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
