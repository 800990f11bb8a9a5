const BY_ROUTE: readonly (readonly [pattern: RegExp, permission: string])[] = [
  [/\/check-(runs|suites)/, "checks"],
  [/\/pulls/, "pull-requests"],
  [/\/issues/, "issues"],
  [/\/deployments/, "deployments"],
  [/\/actions\//, "actions"],
  [/\/(git|contents|releases|commits|compare)\b/, "contents"],
];

/** The permission a route asks for, where GitHub's own answer does not name it. */
export function permissionFor(route: string): string {
  const name = BY_ROUTE.find(([pattern]) => pattern.test(route))?.[1] ?? "metadata";
  return `${name}: ${route.startsWith("GET ") ? "read" : "write"}`;
}
