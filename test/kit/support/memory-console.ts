import type { Console } from "#kit/console-runner";

/** A console that keeps what was written on each stream. */
export function memoryConsole(environment: Record<string, string> = {}, isTTY = false) {
  const written = { stdout: "", stderr: "" };
  const sink = (stream: "stdout" | "stderr") => ({
    isTTY,
    write: (text: string) => {
      written[stream] += text;
    },
  });
  const console: Console = { stdout: sink("stdout"), stderr: sink("stderr"), environment };
  return { console, written };
}
