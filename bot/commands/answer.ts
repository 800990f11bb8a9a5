import { COMMANDS, mayAsk, type Verb } from "#core/commands/command";
import { type ParsedCommand, parseCommands } from "#core/commands/parse-commands";
import { UserError } from "#core/errors";
import type { Comment } from "#core/ports/code-host";
import { code, plain } from "#core/report/markdown";
import { closest } from "#core/suggest";
import type { BotPorts, Key } from "../work.ts";
import type { CommandAnswer, CommandHandler } from "./command-handler.ts";
import { help } from "./help.ts";
import { promote } from "./promote.ts";
import { recheck } from "./recheck.ts";
import { resume } from "./resume.ts";
import { rollback } from "./rollback.ts";

const HANDLERS: Record<Verb, CommandHandler> = { promote, rollback, resume, recheck, help };

const EDITED = "❌ This comment was edited before I read it, so I cannot know whose words it holds. Write a new one.";

interface CommentKey {
  readonly number: number;
  readonly commentId: number;
}

/**
 * Answers the commands of one comment, once: the answer carries a marker with the comment's id, and a comment that has
 * been answered is left alone. Whoever asks must have the command's role at this moment.
 */
export async function answerComment(ports: BotPorts, { number, commentId }: CommentKey): Promise<readonly Key[]> {
  const marker = `<!-- tidemark:answer ${commentId} -->`;
  const comment = await ports.host.comments.get(commentId);
  if (comment === undefined || comment.mine) return [];
  const commands = parseCommands(comment.body);
  if (commands.length === 0 || (await ports.host.comments.find(number, marker)) !== undefined) return [];
  if (comment.edited) {
    await ports.host.comments.reply(number, marker, EDITED);
    return [];
  }
  const answers: CommandAnswer[] = [];
  for (const command of commands) answers.push(await answer(ports, { number, comment, command }));
  const follow = answers.flatMap((given) => given.follow);
  await ports.host.comments.reply(number, marker, answers.map(({ text }) => text).join("\n\n"));
  return follow;
}

interface Asked {
  readonly number: number;
  readonly comment: Comment;
  readonly command: ParsedCommand;
}

async function answer(ports: BotPorts, { number, comment, command }: Asked): Promise<CommandAnswer> {
  const { verb, said, words } = command;
  if (verb === undefined) return { text: unknownVerb(said), follow: [] };
  const role = await ports.host.permissions.role(comment.author);
  if (!mayAsk(verb, role)) {
    await ports.host.comments.react(comment.id, "-1");
    const text = `❌ ${code(`/model ${verb}`)} needs the role ${COMMANDS[verb].role}; ${code(comment.author)} has ${role}.`;
    return { text: `${text} Ask somebody who has it.`, follow: [] };
  }
  try {
    const given = await HANDLERS[verb](ports, { number, comment, words });
    await ports.host.comments.react(comment.id, "+1");
    return given;
  } catch (error) {
    // A refusal is an answer. What GitHub could not do now is tried again by the queue.
    if (!(error instanceof UserError) || error.code.startsWith("GITHUB_")) throw error;
    await ports.host.comments.react(comment.id, "confused");
    return { text: `❌ ${code(`/model ${verb}`)}: ${plain(error.problem)} ${plain(error.hint)}`, follow: [] };
  }
}

function unknownVerb(said: string): string {
  const nearest = closest(said, Object.keys(COMMANDS));
  const meant = nearest === undefined ? "" : ` Did you mean ${code(`/model ${nearest}`)}?`;
  return `I do not know ${code(`/model ${said}`)}.${meant} ${code("/model help")} lists what I know.`;
}
