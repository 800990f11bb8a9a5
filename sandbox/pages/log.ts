import { stripVTControlCharacters } from "node:util";
import { type Html, html } from "./html.ts";

/** A line that the runner marks, either way: `##[error]text` or `::error file=a.py::text`. */
const MARKED =
  /^(?<stamp>\d{4}-\d\d-\d\dT[\d:.]+Z )?(?:##\[(?<mark>\w+)\]|::(?<command>error|warning|notice|debug|group|endgroup)\b[^:]*::)(?<text>.*)$/;

/** The words with which GitHub shows a mark. */
const WORDS: Readonly<Record<string, string>> = {
  error: "Error: ",
  warning: "Warning: ",
  notice: "Notice: ",
  debug: "Debug: ",
  group: "",
  command: "",
};

function logLine(line: string): Html | undefined {
  const { stamp = "", mark, command, text = "" } = MARKED.exec(line)?.groups ?? {};
  const kind = mark ?? command ?? "";
  if (kind === "endgroup") return undefined;
  const word = WORDS[kind];
  return word === undefined ? html`<li>${line}</li>` : html`<li class="${kind}">${stamp}${word}${text}</li>`;
}

/** A step's log as a runner wrote it, colours taken away, marked lines highlighted. */
export function logBlock(log: string): Html | undefined {
  const text = stripVTControlCharacters(log).trimEnd();
  if (text === "") return undefined;
  return html`<ol class="log">${text.split(/\r?\n/).map(logLine)}</ol>`;
}
