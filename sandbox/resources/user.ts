import { nodeId } from "../identifiers.ts";
import type { Account } from "../model/account.ts";
import type { SandboxState } from "../state.ts";
import type { UserShape } from "./shapes.ts";

export function simpleUser(state: SandboxState, account: Account): UserShape & { user_view_type: string } {
  const url = `${state.url}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type, account.id),
    avatar_url: `${state.url}/avatars/u/${account.id}`,
    gravatar_id: "",
    url,
    html_url: `${state.url}/${encodeURIComponent(account.login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

export function publicUser(state: SandboxState, account: Account): Record<string, unknown> {
  const empty = { name: null, company: null, location: null, email: null, hireable: null, bio: null };
  const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 };
  const since = "2026-01-01T00:00:00Z";
  return { ...simpleUser(state, account), ...empty, blog: "", ...counts, created_at: since, updated_at: since };
}

/** The address GitHub puts into commits made through its API. */
export function noreplyEmail(account: Account): string {
  return `${account.id}+${account.login}@users.noreply.github.com`;
}
