import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Events } from "../events/events.ts";
import { isSafeName } from "../identifiers.ts";
import type { Account } from "../model/account.ts";
import type { App, Installation, Permissions } from "../model/app.ts";
import { knownRepository, type SandboxState } from "../state.ts";
import { ensureAccount } from "./accounts.ts";

export interface NewApp {
  readonly slug: string;
  readonly name?: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly webhook: { readonly url: string; readonly secret: string };
}

/** RSA keys take a tenth of a second to find; one pair serves every app of this process. */
let keys: { publicKey: string; privateKey: string } | undefined;

function appKeys() {
  keys ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  return keys;
}

export function createApp(state: SandboxState, events: Events, wanted: NewApp): { app: App; privateKey: string } {
  if (!isSafeName(wanted.slug)) throw new Error(`"${wanted.slug}" is no app slug.`);
  const { publicKey, privateKey } = appKeys();
  const owner = ensureAccount(state, "sandbox-owner", "User");
  const bot = ensureAccount(state, `${wanted.slug}[bot]`, "Bot");
  const app = newApp(state, { ...wanted, owner, bot }, createPublicKey(publicKey));
  state.apps.set(app.id, app);
  events.announceHook(app);
  return { app, privateKey };
}

function newApp(
  state: Pick<SandboxState, "nextId" | "now">,
  wanted: NewApp & { owner: Account; bot: Account },
  publicKey: KeyObject | undefined,
): App {
  return {
    id: state.nextId(),
    slug: wanted.slug,
    name: wanted.name ?? wanted.slug,
    owner: wanted.owner,
    bot: wanted.bot,
    permissions: wanted.permissions,
    events: wanted.events,
    createdAt: state.now(),
    publicKey,
    hookId: state.nextId(),
    webhook: { ...wanted.webhook, contentType: "json" },
  };
}

/** The app that github.com runs itself; it has no webhook and nobody holds its key. */
export function actionsApp(state: Pick<SandboxState, "nextId" | "now" | "accounts">, login: string): App {
  const account = (name: string, type: Account["type"]): Account => {
    const made = { id: state.nextId(), login: name, type };
    state.accounts.set(name.toLowerCase(), made);
    return made;
  };
  const owner = account(login, "Organization");
  const bot = account("github-actions[bot]", "Bot");
  const webhook = { url: "http://127.0.0.1:1/", secret: "" };
  const wanted = { slug: "github-actions", name: "GitHub Actions", permissions: {}, events: [], webhook, owner, bot };
  return newApp(state, wanted, undefined);
}

export function installApp(state: SandboxState, events: Events, at: { appId: number; repository: string }): number {
  const app = state.apps.get(at.appId);
  if (!app) throw new Error(`No app ${at.appId} in the sandbox.`);
  const repository = knownRepository(state, at.repository);
  const existing = [...state.installations.values()].find(
    (one) => one.app.id === app.id && one.account.id === repository.owner.id,
  );
  if (existing) {
    existing.repositoryIds.add(repository.id);
    return existing.id;
  }
  const now = state.now();
  const id = state.nextId();
  const repositoryIds = new Set([repository.id]);
  const installation: Installation = {
    id,
    app,
    account: repository.owner,
    repositoryIds,
    createdAt: now,
    updatedAt: now,
  };
  state.installations.set(id, installation);
  events.announceInstallation(installation, [repository]);
  return id;
}
