import { z } from "zod";
import { defineAction } from "#kit/define-action";
import { text } from "#kit/input-types";
import { apiUrlInput, githubTokenInput, repositoryInput } from "#kit/shared-inputs";

export interface BotDeps {
  /** Works everything the event asks for and answers how many pieces that was. */
  readonly work: () => Promise<number>;
}

const inputs = {
  event: text().meta({
    input: { kind: "text", environment: "GITHUB_EVENT_NAME", expression: "${{ github.event_name }}" },
    description: "Name of the event to answer.",
  }),
  "event-path": text()
    .optional()
    .meta({
      input: { kind: "text", environment: "GITHUB_EVENT_PATH" },
      description: "File with the event's payload; the runner's own when left out.",
    }),
  login: text()
    .prefault("github-actions[bot]")
    .meta({ description: "Login the token writes under, such as my-app[bot] for an app's token." }),
  "github-token": githubTokenInput(),
  repository: repositoryInput(),
  "api-url": apiUrlInput(),
};

const outputs = {
  items: z.number().meta({ description: "How many pull requests, releases and commands were looked at." }),
};

export const bot = defineAction({
  name: "bot",
  title: "Bot",
  description: "The bot without a server: answers the workflow's event once, with the same rules and the same comment.",
  icon: "message-square",
  color: "purple",
  inputs,
  outputs,
  async run(_given, deps: BotDeps) {
    return { outputs: { items: await deps.work() } };
  },
});
