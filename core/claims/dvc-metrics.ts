import { RelativePath } from "../names.ts";
import type { IgnoredKey } from "./claims.ts";
import { isMapping } from "./mapping.ts";

export interface DvcMetrics {
  /** Paths from the repository's root, in the order dvc.yaml names them. */
  readonly paths: readonly string[];
  readonly ignored: readonly IgnoredKey[];
}

/** The metrics files a dvc.yaml names at its top and in its stages, below the folder it lies in. */
export function dvcMetrics(document: unknown, path: string): DvcMetrics {
  const root = isMapping(document) ? document : {};
  const stages = isMapping(root["stages"]) ? Object.values(root["stages"]).filter(isMapping) : [];
  const folder = path.split("/").slice(0, -1).join("/");
  const named = [
    ...entriesOf(root["metrics"]).map((entry) => ({ entry, from: folder })),
    ...stages.flatMap((stage) =>
      entriesOf(stage["metrics"]).map((entry) => ({ entry, from: joined(folder, stage["wdir"]) })),
    ),
  ];
  const found = [...new Set(named.map(({ entry, from }) => joined(from, entry)))];
  return {
    paths: found.filter((each) => refusal(each) === undefined),
    ignored: found.flatMap((rawKey) => {
      const reason = refusal(rawKey);
      return reason === undefined ? [] : [{ rawKey, reason }];
    }),
  };
}

/** An entry is a path, or a mapping of a path to its options such as `cache: false`. */
function entriesOf(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    if (typeof entry === "string") return [entry];
    return isMapping(entry) ? Object.keys(entry) : [];
  });
}

function joined(folder: string, entry: unknown): string {
  const parts: string[] = [];
  for (const part of `${folder}/${typeof entry === "string" ? entry : ""}`.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function refusal(path: string): string | undefined {
  if (path.includes("${")) return "dvc.yaml names the file by a variable, which is not resolved here";
  return RelativePath.safeParse(path).success ? undefined : "the path leaves the repository";
}
