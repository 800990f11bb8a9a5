import { z } from "zod";
import { ModelName } from "../names.ts";

const Earlier = z.strictObject({
  head: z.string().regex(/^[0-9a-f]{7}$/),
  model: ModelName,
  verdict: z.enum(["pass", "fail", "inconclusive"]),
});
export type Earlier = z.output<typeof Earlier>;

/** What the bot's comment remembers of itself: the verdicts it has shown, newest first. */
export const CommentState = z.strictObject({
  shown: z.array(Earlier).max(20),
});
export type CommentState = z.output<typeof CommentState>;

/** The first line of the bot's comment on a pull request, by which it finds its own again. */
export const REPORT_MARKER = "<!-- tidemark:report v1 -->";

const STATE = /^<!-- tidemark:state (?<state>\{[^\n]*\}) -->$/m;

/** Printed into the comment and read back from it; anything unreadable is an empty memory. */
export const commentState = {
  // "--" would end the HTML comment early.
  format: (state: CommentState): string =>
    `<!-- tidemark:state ${JSON.stringify(state).replace(/-(?=-)/g, "\\u002d")} -->`,
  parse: (body: string): CommentState => {
    try {
      return CommentState.parse(JSON.parse(STATE.exec(body)?.groups?.["state"] ?? "null"));
    } catch {
      return { shown: [] };
    }
  },
};

const REMEMBERED = 6;

/** The state after showing these verdicts: a verdict shown twice for one head is one. */
export function remember(state: CommentState, shown: readonly Earlier[]): CommentState {
  const isSame = (a: Earlier, b: Earlier) => a.head === b.head && a.model === b.model;
  const older = state.shown.filter((entry) => !shown.some((now) => isSame(now, entry)));
  return { shown: [...shown, ...older].slice(0, REMEMBERED) };
}
