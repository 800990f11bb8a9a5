import { malformed, malformedAt } from "./malformed.ts";
import type { TableFile } from "./table-file.ts";

const NEW_LINE = 0x0a;

/** Passes the text's bytes on and refuses what is not bounded UTF-8 text, naming the line. */
export async function* guardedBytes(
  chunks: AsyncIterable<Buffer>,
  { path: source, maxBytes, tooLarge = () => malformed(source, `more than ${maxBytes} bytes of text`) }: TableFile,
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge();
    const zero = chunk.indexOf(0);
    if (zero !== -1)
      throw malformedAt(source, line + newLines(chunk.subarray(0, zero)), "a NUL byte; this is not text");
    if (!decodes(decoder, chunk)) throw malformedAt(source, badLine(chunk, line), "the text is not UTF-8");
    line += newLines(chunk);
    yield chunk;
  }
  if (!decodes(decoder)) throw malformedAt(source, line, "the text is not UTF-8");
}

function decodes(decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}

/** The first line of the chunk that does not decode by itself; a character may hang over from the chunk before. */
function badLine(chunk: Buffer, firstLine: number): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = firstLine;
  for (let start = 0; start < chunk.length; line++) {
    const end = chunk.indexOf(NEW_LINE, start);
    const isLast = end === -1;
    if (!decodes(decoder, chunk.subarray(start, isLast ? chunk.length : end + 1)) || isLast) return line;
    start = end + 1;
  }
  return line;
}

function newLines(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(NEW_LINE); at !== -1; at = chunk.indexOf(NEW_LINE, at + 1)) count += 1;
  return count;
}
