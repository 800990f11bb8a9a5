import type { Stage } from "./stage.ts";

/** What everything cost in calls of GitHub's API, by who made them. People's calls are those of the demo itself. */
export function costs({ sandbox }: Stage): readonly string[] {
  const byActor = new Map<string, Map<string, number>>();
  for (const { actor, method, route } of sandbox.calls.all()) {
    const who = OURS[actor.kind];
    if (who === undefined) continue;
    const routes = byActor.get(who) ?? new Map<string, number>();
    const call = `${method} ${route.replace("/repos/{owner}/{repo}", "")}`;
    byActor.set(who, routes.set(call, (routes.get(call) ?? 0) + 1));
  }
  return [...byActor].flatMap(([who, routes]) => {
    const sorted = [...routes].sort(([, a], [, b]) => b - a);
    const total = sorted.reduce((sum, [, count]) => sum + count, 0);
    const writes = sorted.filter(([call]) => !call.startsWith("GET")).reduce((sum, [, count]) => sum + count, 0);
    const most = sorted.slice(0, 4).map(([call, count]) => `${count} × ${call}`);
    return [`${who}: ${total} calls, ${writes} of them writes; most: ${most.join(", ")}`];
  });
}

const OURS: Readonly<Record<string, string | undefined>> = {
  installation: "the bot",
  app: "the bot as app",
  job: "the actions",
};
