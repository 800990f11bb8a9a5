import type { Actor } from "../auth/actor.ts";
import { accountOf } from "../auth/actor.ts";
import { nodeId } from "../identifiers.ts";
import type { App, Installation } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import { installationItem } from "../resources/app.ts";
import { repositoryItem } from "../resources/repository.ts";
import { simpleUser } from "../resources/user.ts";
import type { SandboxState } from "../state.ts";
import type { Deliverer } from "./deliverer.ts";

export interface SandboxEvent {
  readonly name: string;
  readonly action?: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly payload: unknown;
  /** GitHub starts no workflow for what a job's own token did, dispatches excepted. */
  readonly causedByJobToken?: boolean;
}

export type Listener = (event: SandboxEvent) => void;

export interface Occurrence {
  readonly name: string;
  readonly action?: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Some check events concern the owning app alone. */
  readonly onlyApp?: App;
}

const DISPATCHES: ReadonlySet<string> = new Set(["workflow_dispatch", "repository_dispatch"]);

/** Tells listeners in this process and the webhooks of installed apps what happened. */
export class Events {
  readonly #state: SandboxState;
  readonly #deliverer: Deliverer;
  readonly #listeners = new Set<Listener>();

  constructor(state: SandboxState, deliverer: Deliverer) {
    this.#state = state;
    this.#deliverer = deliverer;
  }

  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(actor: Actor, repository: Repository, occurrence: Occurrence): void {
    const { name, action } = occurrence;
    const sender = accountOf(actor) ?? repository.owner;
    const payload = {
      ...(action !== undefined && { action }),
      ...occurrence.payload,
      repository: repositoryItem(this.#state, repository),
      sender: simpleUser(this.#state, sender),
    };
    // A copy: what is told must not change when the state does.
    const snapshot = structuredClone(payload);
    this.#tell({
      name,
      ...(action !== undefined && { action }),
      repository: repository.fullName,
      payload: snapshot,
      ...(actor.kind === "job" && !DISPATCHES.has(name) && { causedByJobToken: true }),
    });
    this.#post(repository, occurrence, snapshot);
  }

  /** A new webhook is tried out with a ping. */
  announceHook(app: App): void {
    const { url } = app.webhook;
    const hook = {
      type: "App",
      id: app.hookId,
      name: "web",
      active: true,
      events: [...app.events],
      config: { url, content_type: app.webhook.contentType, insecure_ssl: "0" },
      app_id: app.id,
      deliveries_url: `${this.#state.url}/app/hook/deliveries`,
      created_at: app.createdAt,
      updated_at: app.createdAt,
    };
    const payload = { zen: "Keep it logically awesome.", hook_id: app.hookId, hook };
    this.#deliverer.send(app, { event: "ping", action: null, installationId: null, repositoryId: null, payload });
  }

  /** Concerns no single repository, so it goes to the app alone. */
  announceInstallation(installation: Installation, repositories: readonly Repository[]): void {
    const payload = {
      action: "created",
      installation: installationItem(this.#state, installation),
      repositories: repositories.map(({ id, name, fullName, private: isPrivate }) => ({
        id,
        node_id: nodeId("Repository", id),
        name,
        full_name: fullName,
        private: isPrivate,
      })),
      requester: null,
      sender: simpleUser(this.#state, installation.account),
    };
    const [first] = repositories;
    this.#tell({ name: "installation", action: "created", repository: first?.fullName ?? "", payload });
    const { id: installationId } = installation;
    this.#deliverer.send(installation.app, {
      event: "installation",
      action: "created",
      installationId,
      repositoryId: null,
      payload,
    });
  }

  #tell(event: SandboxEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #post(repository: Repository, occurrence: Occurrence, payload: Record<string, unknown>): void {
    for (const installation of this.#state.installations.values()) {
      const { app } = installation;
      const concerned = occurrence.onlyApp === undefined || occurrence.onlyApp.id === app.id;
      const subscribed = app.events.includes(occurrence.name);
      if (!installation.repositoryIds.has(repository.id) || !concerned || !subscribed) continue;
      const { id } = installation;
      const reference = { id, node_id: nodeId("Installation", id) };
      this.#deliverer.send(app, {
        event: occurrence.name,
        action: occurrence.action ?? null,
        installationId: id,
        repositoryId: repository.id,
        payload: { ...payload, installation: reference },
      });
    }
  }
}
