import type { ModelConfig } from "./tidemark-config.ts";

/** A path of the model's configuration, seen from the repository's root. */
export function modelPath({ path }: ModelConfig, inside: string): string {
  return path === "." ? inside : `${path}/${inside}`;
}
