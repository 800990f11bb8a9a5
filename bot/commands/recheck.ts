import type { CommandHandler } from "./command-handler.ts";

export const recheck: CommandHandler = async (_ports, { number }) => ({
  text: "Reading everything again.",
  follow: [{ kind: "pull-request", number }],
});
