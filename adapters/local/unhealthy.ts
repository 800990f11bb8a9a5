import { open } from "node:fs/promises";
import { shortDigest } from "#core/digest";
import { UserError } from "#core/errors";
import type { Release } from "#core/ports/deploy-target";
import type { ServerProcess } from "./server-process.ts";

const SHOWN_LINES = 15;
const TAIL_BYTES = 8 * 1024;

export interface Unhealthy {
  readonly release: Release;
  readonly problem: string;
  readonly lines: readonly string[];
  /** What serves now. */
  readonly after: "unchanged" | "put-back" | "nothing-serves";
}

const NOW: Readonly<Record<Unhealthy["after"], string>> = {
  unchanged: "What served before still serves.",
  "put-back": "What served before was put back and serves again.",
  "nothing-serves": "Nothing serves now.",
};

export function unhealthy({ release, problem, lines, after }: Unhealthy): UserError {
  const log = lines.length === 0 ? "It printed nothing." : `Its last lines:\n${lines.join("\n")}\n`;
  return new UserError(
    "TARGET_UNHEALTHY",
    `The server of "${release.model}" (${shortDigest(release.digest)}) did not become healthy: ${problem}. ${NOW[after]}`,
    `Correct the serving command or the model, then deploy again. ${log}`.trimEnd(),
  );
}

export async function lastLogLines({ log }: ServerProcess): Promise<readonly string[]> {
  const file = await open(log, "r").catch(() => undefined);
  if (file === undefined) return [];
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer
      .toString("utf8")
      .trimEnd()
      .split("\n")
      .slice(-SHOWN_LINES)
      .filter((line) => line !== "");
  } finally {
    await file.close();
  }
}
