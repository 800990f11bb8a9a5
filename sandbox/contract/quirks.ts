interface Quirk {
  readonly where: RegExp;
  readonly problem: RegExp;
  readonly reason: string;
}

/** Where GitHub's own document contradicts itself or github.com. Nothing else is forgiven. */
export const QUIRKS: readonly Quirk[] = [
  {
    where: /^PATCH .*\/check-runs\//,
    problem: /status 422/,
    reason: "more than 50 annotations are refused, though undocumented",
  },
  {
    where: /contents\/\{path\} response 409/,
    problem: /exactly one schema/,
    reason: "two schemas of a oneOf fit one plain error",
  },
  {
    where: /^GET \/app\/installations /,
    problem: /\/account\//,
    reason: "the account of an installation must be a user and an enterprise at once",
  },
  {
    where: /^GET .*\/commits\/\{commit_sha\}\/pulls response 422/,
    problem: /status 422/,
    reason: "an unknown commit is refused, though undocumented",
  },
];

export function isQuirk(where: string, problem: string): boolean {
  return QUIRKS.some((quirk) => quirk.where.test(where) && quirk.problem.test(problem));
}
