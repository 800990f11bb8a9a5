import { configAt } from "#core/config/config-at";
import { defaultHead } from "#core/promotion/promote";
import type { BotPorts, Key } from "../work.ts";

/** Every key a repository has: what the sweep looks at when no webhook came. */
export async function everything(ports: BotPorts): Promise<readonly Key[]> {
  const config = await configAt(ports, await defaultHead(ports.host));
  if (config === undefined) return [];
  const releases = Object.entries(config.models).flatMap(([model, { environments }]) =>
    environments.map(({ name }): Key => ({ kind: "release", model, environment: name })),
  );
  const open = await ports.host.pullRequests.open();
  return [...releases, ...open.map(({ number }): Key => ({ kind: "pull-request", number }))];
}
