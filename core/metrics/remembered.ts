/**
 * Computes a thing of an object once, however many ask, and forgets it with the object. Metrics of one set of rows
 * share their sort this way; the rows must not change.
 */
export function remembered<Of extends object, Thing>(compute: (of: Of) => Thing): (of: Of) => Thing {
  const known = new WeakMap<Of, { readonly thing: Thing }>();
  return (of) => {
    const found = known.get(of) ?? { thing: compute(of) };
    known.set(of, found);
    return found.thing;
  };
}
