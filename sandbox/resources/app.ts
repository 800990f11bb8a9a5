import { nodeId } from "../identifiers.ts";
import type { App, Installation } from "../model/app.ts";
import type { SandboxState } from "../state.ts";
import type { AppShape, InstallationShape } from "./shapes.ts";
import { simpleUser } from "./user.ts";

/** An app as it is nested in comments, checks and deployments. */
export function appReference(state: SandboxState, app: App): AppShape {
  return {
    id: app.id,
    slug: app.slug,
    client_id: `Iv1.${app.id.toString(16).padStart(16, "0")}`,
    node_id: nodeId("App", app.id),
    owner: simpleUser(state, app.owner),
    name: app.name,
    description: null,
    external_url: `${state.url}/apps/${app.slug}`,
    html_url: `${state.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: { metadata: "read", ...app.permissions },
    events: [...app.events],
  };
}

export function installationItem(state: SandboxState, installation: Installation): InstallationShape {
  const { app, account } = installation;
  const url = `${state.url}/app/installations/${installation.id}`;
  return {
    id: installation.id,
    client_id: `Iv1.${app.id.toString(16).padStart(16, "0")}`,
    account: simpleUser(state, account),
    repository_selection: "selected",
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${state.url}/installation/repositories`,
    html_url: `${state.url}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: { metadata: "read", ...app.permissions },
    events: [...app.events],
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    created_at: installation.createdAt,
    updated_at: installation.updatedAt,
    suspended_by: null,
    suspended_at: null,
  };
}
