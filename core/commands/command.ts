import type { Role } from "../ports/code-host.ts";

export type Verb = "promote" | "rollback" | "resume" | "recheck" | "help";

interface Rule {
  readonly summary: string;
  /** The least role that may ask for it, read live when it is asked. */
  readonly role: Role;
}

/** Every command, in the order `help` lists them. A new command is a line here and a file in bot/commands. */
export const COMMANDS: Record<Verb, Rule> = {
  promote: { summary: "open the promotion pull request for this pull request's model", role: "write" },
  rollback: { summary: "go back to the last healthy version, or `to <digest>`, and hold it", role: "maintain" },
  resume: { summary: "end the hold a rollback has set", role: "maintain" },
  recheck: { summary: "read everything again and refresh the report", role: "read" },
  help: { summary: "this list", role: "read" },
};

const RANKS: Record<Role, number> = { none: 0, read: 1, triage: 2, write: 3, maintain: 4, admin: 5 };

export function mayAsk(verb: Verb, role: Role): boolean {
  return isAtLeast(role, COMMANDS[verb].role);
}

export function isAtLeast(role: Role, least: Role): boolean {
  return RANKS[role] >= RANKS[least];
}
