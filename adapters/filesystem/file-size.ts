import { stat } from "node:fs/promises";

/** Bytes of a file on this machine, undefined when none can be seen. */
export function fileSize(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
