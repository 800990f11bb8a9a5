import { type Operation, type Parameter, parametersOf, type Slice } from "./slice.ts";

export interface Route {
  readonly name: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  readonly match: (path: string) => Record<string, string> | undefined;
}

export interface Match {
  readonly route: Route;
  readonly pathValues: Readonly<Record<string, string>>;
}

const HOLE = /\{(\w+)\}/g;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The path may stop before a trailing `{path}`: GET /repos/o/r/contents lists the root. */
function patternOf(template: string, multiSegment: ReadonlySet<string>): RegExp {
  const pattern = template.replaceAll(HOLE, (_, name: string) => (multiSegment.has(name) ? "(.+)" : "([^/]+)"));
  return new RegExp(`^${pattern.replace("/contents/(.+)", "/contents(?:/(.*))?")}/?$`);
}

function compileRoute(slice: Slice, method: string, template: string): Route | undefined {
  const operation = slice.paths[template]?.[method];
  if (!operation) return undefined;
  const parameters = parametersOf(slice, operation);
  const multiSegment = new Set(parameters.filter((one) => one["x-multi-segment"]).map((one) => one.name));
  const names = [...template.matchAll(HOLE)].map(([, name = ""]) => name);
  const pattern = patternOf(template, multiSegment);
  return {
    name: `${method.toUpperCase()} ${template}`,
    operation,
    parameters,
    match: (path) => {
      const found = pattern.exec(path);
      return found ? Object.fromEntries(names.map((name, at) => [name, decode(found[at + 1] ?? "")])) : undefined;
    },
  };
}

/** Letters outside holes: the more a template spells out, the better it knows the path. */
const literalness = (template: string): number => template.replaceAll(HOLE, "").length;

/** Finds the operation for a method and a raw (still percent-encoded) path; the most literal template wins. */
export function createRouter(slice: Slice): (method: string, path: string) => Match | undefined {
  const byMethod = new Map<string, Route[]>();
  const templates = Object.keys(slice.paths).sort((left, right) => literalness(right) - literalness(left));
  for (const template of templates) {
    for (const method of Object.keys(slice.paths[template] ?? {})) {
      const route = compileRoute(slice, method, template);
      if (route) byMethod.set(method, [...(byMethod.get(method) ?? []), route]);
    }
  }
  return (method, path) => {
    const bare = path.replace(/^\/api\/v3(?=\/)/, "").replace(/^(\/api)?\/uploads(?=\/)/, "");
    for (const route of byMethod.get(method.toLowerCase()) ?? []) {
      const pathValues = route.match(bare);
      if (pathValues) return { route, pathValues };
    }
    return undefined;
  };
}
