import { COMMANDS, type Verb } from "./command.ts";

/** One line that speaks to the bot. An unknown verb is kept, so that it can be answered. */
export interface ParsedCommand {
  readonly verb: Verb | undefined;
  readonly said: string;
  readonly words: readonly string[];
}

// More in one comment is an accident or an attack.
const MOST_COMMANDS = 5;

const FENCE = /^ {0,3}(?<mark>`{3,}|~{3,})/;
const COMMAND = /^\/model(?:[ \t]+(?<rest>.*))?$/;

/** Commands of a comment: lines that begin with /model, outside code and quotations. */
export function parseCommands(body: string): readonly ParsedCommand[] {
  const found: ParsedCommand[] = [];
  let fence: string | undefined;
  for (const line of body.split(/\r?\n/)) {
    const mark = FENCE.exec(line)?.groups?.["mark"];
    if (mark !== undefined) fence = nextFence(fence, mark);
    else if (fence === undefined) found.push(...parseLine(line));
  }
  return found.slice(0, MOST_COMMANDS);
}

function nextFence(open: string | undefined, mark: string): string | undefined {
  if (open === undefined) return mark;
  return mark.startsWith(open) ? undefined : open;
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
