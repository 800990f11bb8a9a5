import { UserError } from "#core/errors";
import type { DeployTarget, Release } from "#core/ports/deploy-target";

export interface MemoryTarget extends DeployTarget {
  /** Every release that was brought up, in order. */
  readonly applied: readonly Release[];
}

/** A target that serves from memory; `isHealthy` decides which releases come up. */
export function memoryTarget({
  isHealthy = async () => true,
}: {
  isHealthy?: (release: Release) => Promise<boolean>;
} = {}): MemoryTarget {
  const serving = new Map<string, Release>();
  const applied: Release[] = [];
  return {
    applied,
    description: "memory",
    read: async (model) => {
      const release = serving.get(model);
      return release && { digest: release.digest, ready: true, endpoint: `memory:${model}` };
    },
    apply: async (release) => {
      if (serving.get(release.model)?.digest === release.digest) return;
      if (!(await isHealthy(release))) {
        throw new UserError(
          "TARGET_UNHEALTHY",
          `The server of "${release.model}" did not become healthy.`,
          "Deploy another.",
        );
      }
      serving.set(release.model, release);
      applied.push(release);
    },
  };
}
