// Rules for workflows that people copy. GitHub accepts what they refuse.
import { isMap, isScalar, parse, parseDocument, visit } from "yaml";

export type RuleName =
  | "pinned-by-sha"
  | "version-comment"
  | "permissions-per-job"
  | "reason-per-permission"
  | "no-write-all"
  | "no-pull-request-target"
  | "no-expression-in-run"
  | "credentials-not-persisted"
  | "timeout"
  | "concurrency"
  | "deploys-are-not-cancelled"
  | "no-secrets-inherited";

export interface Breach {
  readonly rule: RuleName;
  readonly where: string;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly "timeout-minutes"?: number;
  readonly secrets?: unknown;
  readonly uses?: string;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly "cancel-in-progress"?: unknown };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Every rule a workflow breaks. Uses that begin with one of `ours` follow a version tag of our own. */
export function breaches(text: string, ours: readonly string[]): readonly Breach[] {
  const workflow = parse(text) as Workflow;
  return [
    ...triggers(workflow),
    ...concurrency(workflow),
    ...permissions(workflow, text),
    ...pins(text, ours),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) => jobBreaches(name, job)),
  ];
}

function triggers({ on }: Workflow): Breach[] {
  const names = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
  return names.includes("pull_request_target") ? [{ rule: "no-pull-request-target", where: "on" }] : [];
}

function concurrency({ concurrency: group, on }: Workflow): Breach[] {
  if (group === undefined) return [{ rule: "concurrency", where: "workflow" }];
  const deploys = on === "deployment" || (typeof on === "object" && on !== null && "deployment" in on);
  return deploys && group["cancel-in-progress"] !== false
    ? [{ rule: "deploys-are-not-cancelled", where: "concurrency" }]
    : [];
}

function permissions({ permissions: all, jobs }: Workflow, text: string): Breach[] {
  const found: Breach[] = [];
  for (const [where, given] of [["workflow", all], ...Object.entries(jobs).map(([n, j]) => [n, j.permissions])]) {
    if (given === "write-all" || given === "read-all") found.push({ rule: "no-write-all", where: String(where) });
  }
  for (const [name, job] of Object.entries(jobs)) {
    if (job.permissions === undefined) found.push({ rule: "permissions-per-job", where: name });
  }
  return [...found, ...unexplained(text)];
}

/** Every `scope: level` of a permissions map has its reason on the same line. */
function unexplained(text: string): Breach[] {
  const found: Breach[] = [];
  visit(parseDocument(text), {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || key.value !== "permissions" || !isMap(value)) return;
      for (const { key: scope, value: level } of value.items) {
        const reason = isScalar(level) ? level.comment : undefined;
        if ((reason ?? "").trim() === "") found.push({ rule: "reason-per-permission", where: String(scope) });
      }
    },
  });
  return found;
}

function pins(text: string, ours: readonly string[]): Breach[] {
  const found: Breach[] = [];
  visit(parseDocument(text), {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || key.value !== "uses" || !isScalar(value)) return;
      const uses = String(value.value);
      if (uses.startsWith("./") || ours.some((prefix) => uses.startsWith(prefix))) return;
      if (!/@[0-9a-f]{40}$/.test(uses)) found.push({ rule: "pinned-by-sha", where: uses });
      else if (!/^ v\d+\.\d+\.\d+$/.test(value.comment ?? "")) found.push({ rule: "version-comment", where: uses });
    },
  });
  return found;
}

function jobBreaches(name: string, job: Job): Breach[] {
  const steps = job.steps ?? [];
  return [
    ...(job["timeout-minutes"] === undefined && job.uses === undefined
      ? [{ rule: "timeout", where: name } as const]
      : []),
    ...(job.secrets === "inherit" ? [{ rule: "no-secrets-inherited", where: name } as const] : []),
    ...steps.flatMap((step, at) => stepBreaches(`${name}.steps[${at}]`, step)),
  ];
}

function stepBreaches(where: string, { run, uses, with: inputs }: Step): Breach[] {
  const script = run ?? (uses?.startsWith("actions/github-script@") ? String(inputs?.["script"] ?? "") : "");
  const checksOut = uses?.startsWith("actions/checkout@") === true;
  return [
    ...(script.includes("${{") ? [{ rule: "no-expression-in-run", where } as const] : []),
    ...(checksOut && inputs?.["persist-credentials"] !== false
      ? [{ rule: "credentials-not-persisted", where } as const]
      : []),
  ];
}
