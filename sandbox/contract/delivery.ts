import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Finding } from "./exchange.ts";
import { createSchemaStore, type SchemaStore } from "./schema-store.ts";
import { type Content, jsonSchema, type Schema } from "./slice.ts";

export interface Delivery {
  readonly event: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: unknown;
}

interface WebhookDocument {
  readonly webhooks: Readonly<
    Record<string, { readonly post: { readonly requestBody: { readonly content: Content } } }>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Webhooks {
  readonly store: SchemaStore;
  readonly document: WebhookDocument;
}

let loaded: Webhooks | undefined;

function loadWebhooks(): Webhooks {
  if (loaded) return loaded;
  // The package's index reads all eight GitHub editions (37 MB); this one file is enough.
  const path = createRequire(import.meta.url).resolve("@octokit/openapi-webhooks/generated/api.github.com.json");
  const document = JSON.parse(readFileSync(path, "utf8")) as WebhookDocument;
  loaded = { document, store: createSchemaStore(document.components.schemas) };
  return loaded;
}

/** GitHub documents repository_dispatch once, under a sample of the action that its sender chooses. */
const ANY_ACTION: Readonly<Record<string, string>> = { repository_dispatch: "repository-dispatch-sample.collected" };

/** The schema of an event's payload and the store that knows its references; undefined when GitHub has none. */
export function webhookSchema(event: string, action?: string): { schema: Schema; store: SchemaStore } | undefined {
  const { document, store } = loadWebhooks();
  const dashed = [event, ...(action === undefined ? [] : [action])].join("-").replaceAll("_", "-");
  const webhook = document.webhooks[ANY_ACTION[event] ?? dashed];
  const schema = webhook && jsonSchema(webhook.post.requestBody.content);
  return schema && { schema, store };
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What GitHub sends with every delivery, and the form of each value. */
const HEADERS: Readonly<Record<string, RegExp>> = {
  "X-GitHub-Event": /^[a-z_0-9]+$/,
  "X-GitHub-Delivery": GUID,
  "X-GitHub-Hook-ID": /^\d+$/,
  "X-GitHub-Hook-Installation-Target-ID": /^\d+$/,
  "X-GitHub-Hook-Installation-Target-Type": /^(repository|organization|integration|business|marketplace::listing)$/,
  "X-Hub-Signature-256": /^sha256=[0-9a-f]{64}$/,
  "User-Agent": /^GitHub-Hookshot\//,
  "Content-Type": /^application\/(json|x-www-form-urlencoded)\b/,
};

function headerProblems({ event, headers }: Delivery): readonly string[] {
  const given = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const problems = Object.entries(HEADERS).flatMap(([name, form]) => {
    const value = given.get(name.toLowerCase());
    if (value === undefined) return [`${name}: must be present, got undefined`];
    return form.test(value) ? [] : [`${name}: must match ${form}, got ${JSON.stringify(value)}`];
  });
  const announced = given.get("x-github-event");
  const differs = announced !== undefined && announced !== event;
  return differs ? [...problems, `X-GitHub-Event: must be ${event}, got ${announced}`] : problems;
}

function actionOf(payload: unknown): string | undefined {
  const hasAction = typeof payload === "object" && payload !== null && "action" in payload;
  return hasAction && typeof payload.action === "string" ? payload.action : undefined;
}

export function judgeDelivery(delivery: Delivery): Finding[] {
  const { event, headers, payload } = delivery;
  const action = actionOf(payload);
  const found = webhookSchema(event, action);
  const where = action === undefined ? event : `${event}.${action}`;
  const unknown = [`: GitHub documents no event ${where}`];
  return [
    { part: `delivery ${where} headers`, problems: headerProblems(delivery), value: headers },
    { part: `delivery ${where}`, problems: found?.store.problems(found.schema, payload) ?? unknown, value: payload },
  ];
}
