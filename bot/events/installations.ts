import { z } from "zod";
import { on, repositoryItem } from "./handler.ts";

const Named = z.object({ full_name: z.string().regex(/^[^/]+\/[^/]+$/) });
const Installation = z.object({ id: z.number().int() });

function items(installationId: number, repositories: readonly z.output<typeof Named>[]) {
  return repositories.map(({ full_name }) => {
    const [owner = "", name = ""] = full_name.split("/");
    return repositoryItem({ owner, name, installationId });
  });
}

export const installations = on(
  ["installation.created", "installation.unsuspend", "installation.new_permissions_accepted"],
  z.object({ installation: Installation, repositories: z.array(Named).default([]) }),
  ({ installation, repositories }) => items(installation.id, repositories),
);

export const installedRepositories = on(
  ["installation_repositories.added"],
  z.object({ installation: Installation, repositories_added: z.array(Named) }),
  ({ installation, repositories_added }) => items(installation.id, repositories_added),
);
