import { runInWorkflow } from "#bot/in-workflow";
import { reconcile } from "#bot/reconcile/reconcile";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { bot } from "./action.ts";

export const run = (runner: Runner) =>
  runAction(bot, runner, (inputs, { log }) => ({
    work: async () => {
      const { items } = await runInWorkflow({
        token: inputs["github-token"],
        apiUrl: inputs["api-url"],
        eventName: inputs.event,
        eventPath: inputs["event-path"] ?? process.env["GITHUB_EVENT_PATH"] ?? "",
        repository: inputs.repository,
        login: inputs.login,
        reconcile,
        log: {
          info: (facts, message) => log.info(`${message} ${JSON.stringify(facts)}`),
          warn: (facts, message) => log.warning(`${message} ${JSON.stringify(facts)}`),
          error: (facts, message) => log.error(`${message} ${JSON.stringify(facts)}`),
        },
      });
      return items;
    },
  }));
