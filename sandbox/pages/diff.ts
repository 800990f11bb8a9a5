import { type Html, html } from "./html.ts";
import { count } from "./parts.ts";
import type { FileView } from "./view.ts";

interface Line {
  readonly kind: "hunk" | "added" | "removed" | "same" | "remark";
  readonly before?: number;
  readonly after?: number;
  readonly text: string;
}

const HUNK = /^@@ -(?<before>\d+)(,\d+)? \+(?<after>\d+)(,\d+)? @@/;

/** The lines of unified diff hunks, numbered on both sides. */
export function parsePatch(patch: string): readonly Line[] {
  let before = 0;
  let after = 0;
  return patch.split("\n").map((text): Line => {
    const hunk = HUNK.exec(text)?.groups;
    if (hunk) {
      before = Number(hunk["before"]);
      after = Number(hunk["after"]);
      return { kind: "hunk", text };
    }
    if (text.startsWith("+")) return { kind: "added", after: after++, text: text.slice(1) };
    if (text.startsWith("-")) return { kind: "removed", before: before++, text: text.slice(1) };
    if (text.startsWith("\\")) return { kind: "remark", text };
    return { kind: "same", before: before++, after: after++, text: text.slice(1) };
  });
}

const SIGNS: Readonly<Record<Line["kind"], string>> = { hunk: "", added: "+", removed: "-", same: " ", remark: "" };

const lineRow = ({ kind, before, after, text }: Line): Html =>
  html`<tr class="${kind}"><td class="number">${before}</td><td class="number">${after}</td><td class="text"><span class="sign">${SIGNS[kind]}</span>${text}</td></tr>\n`;

function fileBlock({ path, status, additions, deletions, patch }: FileView): Html {
  const content =
    patch === undefined
      ? html`<p class="blank">Binary file, not shown.</p>`
      : html`<div class="scroll"><table class="diff">${parsePatch(patch).map(lineRow)}</table></div>`;
  const numbers = html`<span class="plus">+${additions}</span> <span class="minus">−${deletions}</span>`;
  return html`<details class="box file" open><summary><code>${path}</code> <span class="muted">${status}</span><span class="end">${numbers}</span></summary>${content}</details>\n`;
}

export function filesSection(files: readonly FileView[]): Html {
  const sum = (pick: (file: FileView) => number) => files.reduce((total, file) => total + pick(file), 0);
  const changes = html`${count(files.length, "file")}, <span class="plus">+${sum((file) => file.additions)}</span> <span class="minus">−${sum((file) => file.deletions)}</span>`;
  return html`<section id="files"><h2>Files changed <span class="counter">${files.length}</span></h2><p class="says">${changes}</p>${files.map(fileBlock)}</section>\n`;
}
