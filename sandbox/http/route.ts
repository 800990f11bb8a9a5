import type { Role } from "../model/account.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";

export type Access =
  | { readonly kind: "public" }
  | { readonly kind: "account" }
  | { readonly kind: "app" }
  | { readonly kind: "installation" }
  /** One of the app permissions (`checks:write`), or for a person the role. */
  | { readonly kind: "repository"; readonly anyOf: readonly string[]; readonly role: Role; readonly appsOnly: boolean };

export interface Route {
  readonly method: string;
  /** As GitHub's documentation prints it, such as `/repos/{owner}/{repo}`. */
  readonly template: string;
  readonly access: Access;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

export function route(operation: string, access: Access, handle: Route["handle"]): Route {
  const [method = "GET", template = "/"] = operation.split(" ");
  return { method, template, access, handle };
}

export const anyone: Access = { kind: "public" };
export const signedIn: Access = { kind: "account" };
export const theApp: Access = { kind: "app" };
export const anInstallation: Access = { kind: "installation" };

/** A person needs the role that fits: write for a write, read for a read. */
export function needs(...anyOf: string[]): Access {
  const role = anyOf.some((permission) => permission.endsWith(":write")) ? "write" : "read";
  return { kind: "repository", anyOf, role, appsOnly: false };
}

/** The same for an app; a person needs only this role. */
export function needsRole(role: Role, ...anyOf: string[]): Access {
  return { kind: "repository", anyOf, role, appsOnly: false };
}

/** Routes that no personal token may use, such as writing check runs. */
export function needsApp(...anyOf: string[]): Access {
  return { kind: "repository", anyOf, role: "write", appsOnly: true };
}
