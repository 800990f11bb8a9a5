import { type CommandTarget, commandTarget } from "#core/commands/target";
import { configAt } from "#core/config/config-at";
import type { TidemarkConfig } from "#core/config/tidemark-config";
import { UserError } from "#core/errors";
import type { PullRequest } from "#core/ports/code-host";
import { defaultHead } from "#core/promotion/promote";
import type { BotPorts } from "../work.ts";
import type { CommandCall } from "./command-handler.ts";

export interface FoundTarget {
  readonly target: CommandTarget;
  readonly config: TidemarkConfig;
  readonly pullRequest: PullRequest;
}

/** What a command on a pull request is about, by the default branch's configuration. @throws UserError COMMAND_UNCLEAR */
export async function findTarget(ports: BotPorts, { number, words }: CommandCall): Promise<FoundTarget> {
  const pullRequest = await ports.host.pullRequests.get(number);
  const config = await configAt(ports, await defaultHead(ports.host));
  if (config === undefined) {
    throw new UserError(
      "CONFIG_MISSING",
      "The default branch has no .github/tidemark.yml.",
      "Add one to use Tidemark here.",
    );
  }
  const target = commandTarget(words, pullRequest.head.branch, config);
  if (!target.ok)
    throw new UserError(
      "COMMAND_UNCLEAR",
      target.reason,
      "Say it as /model <command> [<model>] [<environment>] [to <digest>].",
    );
  return { target: target.value, config, pullRequest };
}
