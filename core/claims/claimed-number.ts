const DECIMAL = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const WITH_SPREAD = /^(\S+?)\s*(?:±|\+\/-|\(\s*±).*$/u;

/** A finite number, or text that is one; 95 % is read as 0.95, and of "0.95 ± 0.01" the first. */
export function claimedNumber(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.length > 100) return undefined;
  const text = value.trim().replace(WITH_SPREAD, "$1");
  const share = /^(\S+?)\s*%$/.exec(text)?.[1];
  if (share !== undefined) return DECIMAL.test(share) && !/e/i.test(share) ? finite(`${share}e-2`) : undefined;
  return DECIMAL.test(text) ? finite(text) : undefined;
}

function finite(text: string): number | undefined {
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
