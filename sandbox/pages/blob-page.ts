import { html } from "./html.ts";
import { layout } from "./layout.ts";
import { fileSize } from "./parts.ts";
import type { BlobView } from "./view.ts";

/** A file as numbered lines of text. */
export async function blobPage({ repository, ref, path, sizeBytes, text }: BlobView): Promise<string> {
  const lines = text?.replace(/\r?\n$/, "").split(/\r?\n/);
  const rows = lines?.map(
    (line, index) => html`<tr><td class="number">${index + 1}</td><td class="text">${line}</td></tr>\n`,
  );
  const content = rows
    ? html`<div class="scroll"><table class="diff">${rows}</table></div>`
    : html`<p class="blank">Binary or very large file, not shown.</p>`;
  return layout({
    title: `${path} at ${ref} · ${repository.owner}/${repository.name}`,
    repository,
    body: html`<h1>${path}</h1>
<p class="under"><code class="ref">${ref}</code> <span>${fileSize(sizeBytes)}</span></p>
<div class="box">${content}</div>\n`,
  });
}
