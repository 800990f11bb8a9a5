import { z } from "zod";
import type { Permissions, Role } from "#core/ports/code-host";
import type { Client } from "./client.ts";

const ROLES: readonly Role[] = ["none", "read", "triage", "write", "maintain", "admin"];
const Permission = z.object({ permission: z.string(), role_name: z.string().optional() });

/** A custom role of an organisation counts as the built-in one it extends, which `permission` names. */
export function repositoryPermissions(client: Client): Permissions {
  const role: Permissions["role"] = async (login) => {
    const found = await client.find("GET /repos/{owner}/{repo}/collaborators/{username}/permission", Permission, {
      username: login,
    });
    return roleNamed(found?.role_name) ?? roleNamed(found?.permission) ?? "none";
  };
  return { role };
}

const roleNamed = (name: string | undefined): Role | undefined => ROLES.find((role) => role === name);
