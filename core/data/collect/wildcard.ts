// Paths with wildcards, as in a shell: `*` and `?` stand for characters of one name, `**` for any folders. Every other
// character stands for itself. A name that starts with a dot or an underscore (what tools keep for themselves, such as
// _SUCCESS) is matched only by a pattern that starts so too. Time grows with the product of the two lengths at most.

export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** The folder above the first wildcard, without a slash at its end; empty when there is none. */
export function literalFolder(pattern: string): string {
  const names = pattern.split("/");
  const first = names.findIndex(hasWildcard);
  return names.slice(0, first === -1 ? -1 : first).join("/");
}

export function matchesWildcard(pattern: string, path: string): boolean {
  return covers(pattern.split("/"), path.split("/"), {
    isStar: (name) => name === "**",
    fits: nameMatches,
    mayCover: (name) => !isHidden(name),
  });
}

function nameMatches(pattern: string, name: string): boolean {
  if (isHidden(name) && pattern[0] !== name[0]) return false;
  return covers([...pattern], [...name], {
    isStar: (sign) => sign === "*",
    fits: (sign, character) => sign === "?" || sign === character,
    mayCover: () => true,
  });
}

function isHidden(name: string): boolean {
  return name.startsWith(".") || name.startsWith("_");
}

interface Rules {
  readonly isStar: (part: string) => boolean;
  readonly fits: (part: string, item: string) => boolean;
  /** Whether a star may stand for the item. */
  readonly mayCover: (item: string) => boolean;
}

/** Whether the pattern covers all items. Only the last star is ever taken back, so there is no exponential search. */
function covers(pattern: readonly string[], items: readonly string[], rules: Rules): boolean {
  let [part, item, star, resume] = [0, 0, -1, 0];
  while (item < items.length) {
    const step = stepAt(pattern[part], items[item] ?? "", rules);
    if (step === "star") [star, resume, part] = [part, item, part + 1];
    else if (step === "fits") [part, item] = [part + 1, item + 1];
    else if (star === -1 || !rules.mayCover(items[resume] ?? "")) return false;
    else {
      resume += 1;
      [part, item] = [star + 1, resume];
    }
  }
  return pattern.slice(part).every(rules.isStar);
}

function stepAt(part: string | undefined, item: string, rules: Rules): "star" | "fits" | "back" {
  if (part === undefined) return "back";
  if (rules.isStar(part)) return "star";
  return rules.fits(part, item) ? "fits" : "back";
}
