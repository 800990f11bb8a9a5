/** Row numbers in ascending order of their value. */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const order = Uint32Array.from(values, (_, row) => row);
  return order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
}

/** Ranks from 1; equal values share the mean of the ranks they span. */
export function midranks(values: Float64Array): Float64Array {
  const order = ascendingOrder(values);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] ?? 0];
    let end = start;
    while (end + 1 < order.length && values[order[end + 1] ?? 0] === value) end++;
    const rank = (start + end) / 2 + 1;
    for (let at = start; at <= end; at++) ranks[order[at] ?? 0] = rank;
    start = end + 1;
  }
  return ranks;
}
