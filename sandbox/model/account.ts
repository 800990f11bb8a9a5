export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Bot" | "Organization";
}

export type Role = "read" | "triage" | "write" | "maintain" | "admin";

const ORDER: readonly Role[] = ["read", "triage", "write", "maintain", "admin"];

export function hasRole(held: Role | undefined, needed: Role): boolean {
  return held !== undefined && ORDER.indexOf(held) >= ORDER.indexOf(needed);
}
