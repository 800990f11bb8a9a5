export type FaultEffect =
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** `before`: nothing happened. `after`: the work is done and only the answer is lost. */
  | { readonly kind: "status"; readonly when: "before" | "after"; readonly status: number; readonly html?: boolean }
  | { readonly kind: "drop"; readonly when: "before" | "after" }
  | { readonly kind: "hang"; readonly when: "before" | "after" }
  | { readonly kind: "secondary-limit"; readonly status: 403 | 429; readonly retryAfter?: string }
  | { readonly kind: "primary-limit"; readonly resetSeconds: number };

export interface FaultRule {
  readonly method?: string;
  /** A template (`/repos/{owner}/{repo}/pulls`) or a pattern on the path, without the `/api/v3` prefix. */
  readonly path?: string | RegExp;
  /** Matching requests that pass first. */
  readonly skip?: number;
  /** Matching requests that are hit; 1 unless said otherwise. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

export interface DeliveryFaultRule {
  readonly event?: string;
  readonly action?: string;
  readonly skip?: number;
  readonly times?: number;
  readonly effect:
    | { readonly kind: "drop" }
    | { readonly kind: "duplicate"; readonly copies?: number }
    | { readonly kind: "delay"; readonly milliseconds: number }
    /** Sent only after the next delivery to the same app. */
    | { readonly kind: "reorder" };
}

interface Armed<Rule> {
  readonly rule: Rule;
  seen: number;
}

/** What goes wrong, and when. Rules are tried in the order they were added; the first that fires wins. */
export class Faults {
  /** How often each pull request first answers `mergeable: null`, as GitHub does while it computes. */
  mergeableUnknownReads = 0;
  #requests: Armed<FaultRule>[] = [];
  #deliveries: Armed<DeliveryFaultRule>[] = [];

  add(rule: FaultRule): void {
    this.#requests.push({ rule, seen: 0 });
  }

  addDelivery(rule: DeliveryFaultRule): void {
    this.#deliveries.push({ rule, seen: 0 });
  }

  clear(): void {
    this.#requests = [];
    this.#deliveries = [];
    this.mergeableUnknownReads = 0;
  }

  forRequest(method: string, path: string): FaultEffect | undefined {
    return firing(this.#requests, (rule) => matchesRequest(rule, method, path))?.effect;
  }

  forDelivery(event: string, action: string | null): DeliveryFaultRule["effect"] | undefined {
    const matches = (rule: DeliveryFaultRule) =>
      (rule.event === undefined || rule.event === event) && (rule.action === undefined || rule.action === action);
    return firing(this.#deliveries, matches)?.effect;
  }
}

function firing<Rule extends { skip?: number; times?: number }>(
  armed: readonly Armed<Rule>[],
  matches: (rule: Rule) => boolean,
): Rule | undefined {
  for (const entry of armed) {
    if (!matches(entry.rule)) continue;
    entry.seen += 1;
    const skip = entry.rule.skip ?? 0;
    if (entry.seen > skip && entry.seen <= skip + (entry.rule.times ?? 1)) return entry.rule;
  }
  return undefined;
}

function matchesRequest(rule: FaultRule, method: string, path: string): boolean {
  if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
  if (rule.path === undefined) return true;
  const pattern = typeof rule.path === "string" ? templatePattern(rule.path) : rule.path;
  return pattern.test(path);
}

function templatePattern(template: string): RegExp {
  const escaped = template.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\{[^}]+\}/g, "[^/]+")}$`);
}
