import { COMMANDS, type Verb } from "./command.ts";

/** One line that speaks to the bot. An unknown verb is kept, so that it can be answered. */
export interface ParsedCommand {
  readonly verb: Verb | undefined;
  readonly said: string;
  readonly words: readonly string[];
}

// More in one comment is an accident or an attack.
const MOST_COMMANDS = 5;

// A fence of backticks opens no block when more backticks follow on its line; a closing fence has nothing after it.
const FENCE = /^ {0,3}(?<mark>`{3,}(?=[^`]*$)|~{3,})(?<info>.*)$/;

// Nobody sees a comment. A space stays in its place, so that what follows does not move to the start of a line.
const HIDDEN = /<!--[\s\S]*?(?:-->|$)/g;
const COMMAND = /^\/model(?:[ \t]+(?<rest>.*))?$/;

/** Commands of a comment: lines that begin with /model, outside code and quotations. */
export function parseCommands(body: string): readonly ParsedCommand[] {
  const found: ParsedCommand[] = [];
  let fence: string | undefined;
  for (const line of body.replace(HIDDEN, " ").split(/\r?\n/)) {
    const { mark, info = "" } = FENCE.exec(line)?.groups ?? {};
    if (mark !== undefined) fence = nextFence(fence, mark, info);
    else if (fence === undefined) found.push(...parseLine(line));
  }
  return found.slice(0, MOST_COMMANDS);
}

function nextFence(open: string | undefined, mark: string, info: string): string | undefined {
  if (open === undefined) return mark;
  return mark.startsWith(open) && info.trim() === "" ? undefined : open;
}

function parseLine(line: string): ParsedCommand[] {
  const match = COMMAND.exec(line.trimEnd());
  if (match === null) return [];
  const [said = "help", ...words] = (match.groups?.["rest"] ?? "")
    .trim()
    .split(/[ \t]+/)
    .filter((word) => word !== "");
  const verb = (Object.keys(COMMANDS) as Verb[]).find((candidate) => candidate === said.toLowerCase());
  return [{ verb, said, words }];
}
