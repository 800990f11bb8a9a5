import { isoSeconds } from "../git/commit.ts";
import type { Account } from "../model/account.ts";
import type { SandboxState } from "../state.ts";
import { actionsApp } from "./apps.ts";

/** Ids start where nobody mistakes one for an issue number. */
const FIRST_ID = 1_000_000;

export function emptyState(place: { url: string; directory: string }): SandboxState {
  let lastId = FIRST_ID;
  const accounts = new Map<string, Account>();
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  const now = (): string => isoSeconds(new Date());
  return {
    ...place,
    accounts,
    nextId,
    now,
    repositories: new Map(),
    apps: new Map(),
    actionsApp: actionsApp({ nextId, now, accounts }, "github"),
    installations: new Map(),
    personalTokens: new Map(),
    installationTokens: new Map(),
    jobTokens: new Map(),
    manifestCodes: new Map(),
    deliveries: new Map(),
  };
}
