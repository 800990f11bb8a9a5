export type TreeMode = "100644" | "100755" | "040000" | "160000" | "120000";

export interface TreeEntry {
  readonly mode: TreeMode;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
  readonly path: string;
}

/** Sets a path, or removes it when `sha` is null. */
export interface TreeEdit {
  readonly path: string;
  readonly mode: string;
  readonly sha: string | null;
}

const SHA_BYTES = 20;

/** Git's own binary form: `<mode> <name>\0<20 bytes>` repeated. */
export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(" ", at);
    const end = content.indexOf(0, space);
    const mode = content.subarray(at, space).toString().padStart(6, "0") as TreeMode;
    const path = content.subarray(space + 1, end).toString();
    const sha = content.subarray(end + 1, end + 1 + SHA_BYTES).toString("hex");
    entries.push({ mode, type: typeOfMode(mode), sha, path });
    at = end + 1 + SHA_BYTES;
  }
  return entries;
}

function typeOfMode(mode: string): TreeEntry["type"] {
  if (mode === "040000") return "tree";
  return mode === "160000" ? "commit" : "blob";
}

/** A path that stays inside the tree and that git itself would accept. */
export function isTreePath(path: string): boolean {
  const parts = path.split("/");
  return path !== "" && !/[\0\n]/.test(path) && parts.every((part) => part !== "" && !/^(\.|\.\.|\.git)$/i.test(part));
}
