import type { KeyObject } from "node:crypto";
import type { Account } from "./account.ts";

export type Level = "read" | "write";
export type Permissions = Readonly<Record<string, Level>>;

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly createdAt: string;
  /** Undefined for the app that github.com runs itself: nobody can sign for it. */
  readonly publicKey: KeyObject | undefined;
  readonly hookId: number;
  webhook: { url: string; secret: string; contentType: "json" };
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  readonly repositoryIds: Set<number>;
  readonly createdAt: string;
  updatedAt: string;
}

/** What an app-manifest code exchanges for; the private key is shown once, as on GitHub. */
export interface ManifestConversion {
  readonly app: App;
  readonly privateKey: string;
}
