import { UserError } from "#core/errors";
import { didYouMean } from "#core/suggest";
import { spokenName } from "#kit/command-help";
import type { Suite, SuiteEntry } from "#kit/suite";

export type Command =
  | { readonly kind: "action"; readonly entry: SuiteEntry; readonly rest: readonly string[] }
  /** Help is asked for the actions that begin with the word. */
  | { readonly kind: "group"; readonly word: string; readonly suite: Suite };

/**
 * The action whose name the first words spell, joined by "-" when they are several: the longest such name counts.
 * @throws UserError UNKNOWN_ACTION
 */
export function findCommand(args: readonly string[], suite: Suite): Command {
  const words = leadingWords(args);
  for (let count = words.length; count > 0; count--) {
    const name = words.slice(0, count).join("-");
    const entry = Object.hasOwn(suite, name) ? suite[name] : undefined;
    if (entry !== undefined) return { kind: "action", entry, rest: args.slice(count) };
  }
  const [word = args[0] ?? "", ...others] = words;
  const group = Object.fromEntries(Object.entries(suite).filter(([name]) => name.startsWith(`${word}-`)));
  const names = Object.keys(group);
  if (names.length === 0) throw unknown(word, Object.keys(suite));
  if (others.length === 0 && args.some((arg) => arg === "--help" || arg === "-h"))
    return { kind: "group", word, suite: group };
  throw unfinished(word, others, names);
}

/** What stands before the first flag; an action's name has no more than a few words. */
function leadingWords(args: readonly string[]): readonly string[] {
  const end = args.findIndex((arg) => arg.startsWith("-"));
  return args.slice(0, end === -1 ? args.length : end).slice(0, MOST_WORDS);
}

const MOST_WORDS = 4;

function unknown(word: string, names: readonly string[]): UserError {
  const hint = didYouMean(word, names) || `"tidemark --help" lists all actions.`;
  return new UserError("UNKNOWN_ACTION", `There is no action "${word}".`, hint);
}

/** The word alone, or with a second one that fits none. */
function unfinished(word: string, [second]: readonly string[], names: readonly string[]): UserError {
  const spoken = names.map((name) => `"tidemark ${spokenName(name)}"`).join(", ");
  const problem = second === undefined ? `"${word}" needs a second word.` : `There is no action "${word} ${second}".`;
  const near = second === undefined ? "" : didYouMean(`${word} ${second}`, names.map(spokenName));
  return new UserError(
    "UNKNOWN_ACTION",
    problem,
    [near, `There are: ${spoken}.`].filter((part) => part !== "").join(" "),
  );
}
