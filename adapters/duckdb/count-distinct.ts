import type { NumberArrays } from "./read-numbers.ts";
import type { Session } from "./session.ts";

// Two hashes that have nothing to do with each other. Without bit 62 no hash is NaN, whose bits may change in a copy.
const HASHES = ["hash(t)", "md5_number_upper(t)"] as const;
const FINITE = "13835058055282163711::UBIGINT";

/**
 * How many different texts there are, by sorting their hashes: a grouping of ten million texts would take more memory, or
 * spill a gigabyte. Hashes that all differ prove that all texts do. Otherwise it is the larger count of two hashes of 63
 * bits, which is too small only if different texts collide in both: below 1 in 10¹⁰ at ten million texts.
 * @param from what gives one column `t` of texts that are not NULL
 */
export async function countDistinct(
  from: string,
  present: number,
  { session, arrays }: { readonly session: Session; readonly arrays: NumberArrays },
): Promise<number> {
  let most = 0;
  for (const hash of HASHES) {
    most = Math.max(most, await differentHashes(`SELECT ${hash} & ${FINITE} FROM ${from}`, { session, arrays }));
    if (most === present) break;
  }
  return most;
}

interface Hashing {
  readonly session: Session;
  readonly arrays: NumberArrays;
}

async function differentHashes(sql: string, { session, arrays }: Hashing): Promise<number> {
  const values = arrays.at(0);
  let count = 0;
  await session.words(sql, (words) => {
    values.set(words, count);
    count += words.length;
  });
  const sorted = arrays.sorted(0, count);
  let different = 0;
  for (let at = 0; at < sorted.length; at++) if (sorted[at] !== sorted[at - 1]) different++;
  return different;
}
