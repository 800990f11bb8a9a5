import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Hono } from "hono";
import { CallLog } from "./calls.ts";
import type { ContractGate } from "./contract-gate.ts";
import { watchAutoMerges } from "./effects/auto-merge.ts";
import { Deliverer } from "./events/deliverer.ts";
import { Events, type Listener } from "./events/events.ts";
import { Faults } from "./faults.ts";
import { createHost, type Listening, listen } from "./http/server.ts";
import type { World } from "./http/world.ts";
import type { Role } from "./model/account.ts";
import type { Repository } from "./model/repository.ts";
import { allRoutes } from "./routes/all-routes.ts";
import { BlobStore } from "./runner/blob-store.ts";
import { type NewRun, startRun, type WorkflowRun } from "./runner/runs.ts";
import { ensureAccount, issuePersonalToken } from "./seed/accounts.ts";
import { createApp, installApp, type NewApp } from "./seed/apps.ts";
import { createRepository, type NewRepository } from "./seed/repositories.ts";
import { emptyState } from "./seed/state.ts";
import { knownAccount, knownRepository, type SandboxState } from "./state.ts";

export type { WorkflowRun } from "./runner/runs.ts";

export interface SandboxOptions {
  readonly directory: string;
  readonly port?: number;
  readonly gate?: ContractGate;
  readonly pages?: (state: SandboxState) => Hono;
}

export interface ProtectionRules {
  readonly requiredChecks?: readonly { readonly context: string; readonly appId?: number }[];
  readonly requiredApprovals?: number;
}

/** A GitHub for one machine. */
export interface Sandbox {
  /** REST at `/` and `/api/v3`, GraphQL at `/graphql` and `/api/graphql`, git at `/owner/name.git`. */
  readonly url: string;
  readonly state: SandboxState;
  readonly faults: Faults;
  readonly calls: CallLog;
  createUser(user: { login: string; type?: "User" | "Bot" }): { id: number; login: string; token: string };
  createRepository(repository: NewRepository): Promise<Repository>;
  addCollaborator(repository: string, login: string, role: Role): void;
  createApp(app: NewApp): { id: number; slug: string; privateKey: string };
  /** An app whose credentials wait behind a manifest code, as after the setup page. */
  registerManifest(app: NewApp): { code: string };
  installApp(appId: number, repository: string): number;
  protectBranch(repository: string, branch: string, rules: ProtectionRules): void;
  startRun(run: NewRun): WorkflowRun;
  on(listener: Listener): () => void;
  redeliver(deliveryId: number): Promise<void>;
  /** Settles when no mutation is queued and no delivery in flight. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  await mkdir(options.directory, { recursive: true });
  let host: ReturnType<typeof createHost> | undefined;
  const listening = await listen(
    (request, env) => host?.fetch(request, env as object) ?? new Response(null, { status: 503 }),
    options.port ?? 0,
  );
  const state = emptyState({ url: `http://127.0.0.1:${listening.port}`, directory: options.directory });
  const faults = new Faults();
  const { gate } = options;
  const deliverer = new Deliverer(state, { faults, gate });
  const events = new Events(state, deliverer);
  const world: World = { state, events, deliverer, faults, calls: new CallLog(), gate };
  const blobs = new BlobStore(join(options.directory, "blobs"));
  host = createHost(world, { routes: allRoutes({ deliverer, blobs }), blobs, pages: options.pages?.(state) });
  watchAutoMerges(state, events);
  return sandboxOf(world, listening);
}

function sandboxOf(world: World, listening: Listening): Sandbox {
  const { state, events, deliverer, faults, calls } = world;
  return {
    url: state.url,
    state,
    faults,
    calls,
    createUser({ login, type = "User" }) {
      const account = ensureAccount(state, login, type);
      return { id: account.id, login, token: issuePersonalToken(state, account) };
    },
    createRepository: (repository) => createRepository(state, events, repository),
    addCollaborator(repository, login, role) {
      const account = knownAccount(state, login);
      knownRepository(state, repository).collaborators.set(account.login.toLowerCase(), role);
    },
    createApp(wanted) {
      const { app, privateKey } = createApp(state, events, wanted);
      return { id: app.id, slug: app.slug, privateKey };
    },
    registerManifest(wanted) {
      const code = `manifest-${state.nextId()}`;
      state.manifestCodes.set(code, createApp(state, events, wanted));
      return { code };
    },
    installApp: (appId, repository) => installApp(state, events, { appId, repository }),
    protectBranch: (repository, branch, rules) => protectBranch(knownRepository(state, repository), branch, rules),
    startRun: (run) => startRun(state, events, run),
    on: (listener) => events.on(listener),
    redeliver: (deliveryId) => redeliver(state, deliverer, deliveryId),
    idle: () => idle(state, deliverer),
    close: () => close(world, listening),
  };
}

function protectBranch(repository: Repository, branch: string, rules: ProtectionRules): void {
  repository.protections.set(branch, {
    requiredChecks: (rules.requiredChecks ?? []).map(({ context, appId }) => ({ context, appId })),
    requiredApprovals: rules.requiredApprovals ?? 0,
  });
}

function redeliver(state: SandboxState, deliverer: Deliverer, deliveryId: number): Promise<void> {
  const delivery = state.deliveries.get(deliveryId);
  if (!delivery) throw new Error(`No delivery ${deliveryId} in the sandbox.`);
  return deliverer.redeliver(delivery);
}

/** A delivery may cause calls, and a call a delivery: look again until nothing moved in between. */
async function idle(state: SandboxState, deliverer: Deliverer): Promise<void> {
  const queues = () => [...state.repositories.values()].map(({ queue }) => queue);
  for (let seen = queues(); ; seen = queues()) {
    await Promise.all(seen);
    await deliverer.idle();
    const now = queues();
    if (now.length === seen.length && now.every((queue, index) => queue === seen[index])) return;
  }
}

async function close({ state, deliverer, faults }: World, listening: Listening): Promise<void> {
  faults.clear();
  deliverer.close();
  await listening.close();
  for (const { git } of state.repositories.values()) git.close();
}
