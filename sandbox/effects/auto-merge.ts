import type { Events } from "../events/events.ts";
import { ApiError } from "../http/api-error.ts";
import type { Cause } from "../http/call.ts";
import { isPull, type PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { findRepository, inTurn, type SandboxState } from "../state.ts";
import { mergePull } from "./merge.ts";

const TRIGGERS: ReadonlySet<string> = new Set(["check_run", "status", "pull_request_review", "pull_request"]);

/** Merges what waits for its requirements, as soon as a check, status or review may have met them. */
export function watchAutoMerges(state: SandboxState, events: Events): void {
  events.on((event) => {
    const repository = TRIGGERS.has(event.name) ? findRepository(state, event.repository) : undefined;
    if (!repository || waiting(repository).length === 0) return;
    // After the mutation that is being announced.
    void inTurn(repository, () => tryAutoMerges({ state, events }, repository));
  });
}

function waiting(repository: Repository): PullRequest[] {
  return [...repository.issues.values()]
    .filter(isPull)
    .filter(({ state, pull }) => state === "open" && pull.autoMerge !== undefined);
}

async function tryAutoMerges(world: Omit<Cause, "actor">, repository: Repository): Promise<void> {
  for (const issue of waiting(repository)) {
    const { autoMerge, headSha } = issue.pull;
    if (!autoMerge) continue;
    const wish = { method: autoMerge.method, sha: headSha, title: undefined, message: undefined };
    const actor = { kind: "user", account: autoMerge.enabledBy } as const;
    try {
      await mergePull({ ...world, actor }, repository, { issue, wish });
    } catch (error) {
      // Not yet: it stays enabled until the next event.
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
