import type { Comment } from "#core/ports/code-host";
import type { BotPorts, Key } from "../work.ts";

export interface CommandCall {
  readonly number: number;
  readonly comment: Comment;
  readonly words: readonly string[];
}

export interface CommandAnswer {
  /** Markdown, one short paragraph. */
  readonly text: string;
  readonly follow: readonly Key[];
}

export type CommandHandler = (ports: BotPorts, call: CommandCall) => Promise<CommandAnswer>;
