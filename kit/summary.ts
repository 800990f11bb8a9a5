/** GitHub refuses a step summary over 1,024 KiB as a whole; we stay under it with room for the sentence below. */
export const SUMMARY_LIMIT_BYTES = 900 * 1024;

const POINTER = "> This summary was cut at 900 KiB. The whole report is in the artifact of this run.";

/** The Markdown, cut at a line's end when it is too long, with a sentence that says so. */
export function fittedSummary(markdown: string, limitBytes = SUMMARY_LIMIT_BYTES): string {
  const bytes = Buffer.from(markdown);
  if (bytes.length <= limitBytes) return markdown;
  const kept = new TextDecoder().decode(bytes.subarray(0, bytes.lastIndexOf("\n", limitBytes) + 1 || limitBytes), {
    stream: true,
  });
  return `${kept.trimEnd()}\n${openFence(kept)}\n${POINTER}\n`;
}

/** The end of a code block that the cut left open, so that the sentence is not swallowed by it. */
function openFence(markdown: string): string {
  let open: string | undefined;
  for (const [, fence = ""] of markdown.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) {
    if (open === undefined) open = fence;
    else if (fence.startsWith(open)) open = undefined;
  }
  return open === undefined ? "" : `${open}\n`;
}
