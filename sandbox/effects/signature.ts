import type { Signature } from "../git/commit.ts";
import type { Account } from "../model/account.ts";
import { noreplyEmail } from "../resources/user.ts";
import type { SandboxState } from "../state.ts";

export function signatureOf(state: SandboxState, account: Account): Signature {
  return { name: account.login, email: noreplyEmail(account), date: state.now() };
}

/** GitHub commits merges and web edits itself. */
export function webFlow(state: SandboxState): Signature {
  return { name: "GitHub", email: "noreply@github.com", date: state.now() };
}
