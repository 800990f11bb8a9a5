import { isSafeName, newToken } from "../identifiers.ts";
import type { Account } from "../model/account.ts";
import type { SandboxState } from "../state.ts";

/** The account of this login, made when it is new. */
export function ensureAccount(state: SandboxState, login: string, type: Account["type"]): Account {
  const existing = state.accounts.get(login.toLowerCase());
  if (existing) return existing;
  if (!isSafeName(login)) throw new Error(`"${login}" is no GitHub login.`);
  const account = { id: state.nextId(), login, type };
  state.accounts.set(login.toLowerCase(), account);
  return account;
}

export function issuePersonalToken(state: SandboxState, account: Account): string {
  const token = newToken("ghp");
  state.personalTokens.set(token, account);
  return token;
}
