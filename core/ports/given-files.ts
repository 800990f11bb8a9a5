import type { Files } from "./files.ts";

/** Files that a person names in an input; they may lie anywhere on the machine. */
export type GivenFiles = Pick<Files, "readText" | "locate">;
