/**
 * Type-7 quantile of ascending values, the default of R and NumPy: linear between the two rows around
 * share × (n − 1). Rounds as NumPy does, so that a bin edge falls on the same side of a tied value. NaN without values.
 * Source: Hyndman & Fan 1996, The American Statistician 50(4).
 */
export function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  const part = at - Math.floor(at);
  if (!Number.isFinite(high - low)) return low * (1 - part) + high * part;
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}
