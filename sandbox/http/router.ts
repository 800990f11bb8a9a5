import type { Route } from "./route.ts";

export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
}

/** Parameters that may hold slashes, encoded or not. */
const SLASHED: ReadonlySet<string> = new Set(["path", "ref", "basehead", "branch", "tag"]);

function compile(route: Route): Compiled {
  const source = route.template
    .replace(/[.+*?^$()|[\]\\]/g, "\\$&")
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${SLASHED.has(name) ? ".+?" : "[^/]+"})`);
  return { route, pattern: new RegExp(`^${source}/?$`) };
}

/** Literal segments win over parameters: `releases/latest` before `releases/{release_id}`. */
function literalLength(template: string): number {
  return template.replace(/\{\w+\}/g, "").length;
}

export type Router = (method: string, path: string) => Match | undefined;

export function createRouter(routes: readonly Route[]): Router {
  const compiled = [...routes]
    .sort((one, other) => literalLength(other.template) - literalLength(one.template))
    .map(compile);
  return (method, path) => {
    for (const { route, pattern } of compiled) {
      if (route.method !== method) continue;
      const groups = pattern.exec(path)?.groups;
      if (groups || pattern.test(path)) return { route, parameters: decodeAll(groups ?? {}) };
    }
    return undefined;
  };
}

function decodeAll(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decode(value)]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
