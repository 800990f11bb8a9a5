import { COMMANDS } from "#core/commands/command";
import { code, table } from "#core/report/markdown";
import type { CommandHandler } from "./command-handler.ts";

export const help: CommandHandler = async () => {
  const rows = Object.entries(COMMANDS).map(([verb, { summary, role }]) => [code(`/model ${verb}`), summary, role]);
  return { text: table(["command", "what it does", "role it needs"], [":--", ":--", ":--"], rows), follow: [] };
};
