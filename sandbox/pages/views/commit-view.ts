import type { GitCommit } from "../../git/commit.ts";
import { noreplyEmail } from "../../resources/user.ts";
import type { SandboxState } from "../../state.ts";
import type { CommitView, PersonView } from "../view.ts";
import { personView } from "./names-view.ts";

/** The account whose noreply address the commit carries, else the name that git knows. */
function authorView(state: SandboxState, { author }: GitCommit): PersonView {
  const account = [...state.accounts.values()].find((one) => noreplyEmail(one) === author.email);
  return account ? personView(account) : { login: author.name, isBot: author.name.endsWith("[bot]") };
}

export const commitView = (state: SandboxState, commit: GitCommit): CommitView => ({
  sha: commit.sha,
  message: commit.message,
  author: authorView(state, commit),
  at: commit.author.date,
});
