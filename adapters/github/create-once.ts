import { isOutcomeUnknown } from "./problems.ts";
import { pause } from "./timed-fetch.ts";

/** How long a request whose answer was lost gets to take effect before we look for it. */
const SETTLE_MS = 500;

/**
 * Creates something that must not exist twice. GitHub has no idempotency keys, so when nobody knows whether the first
 * attempt took effect, `find` looks for its mark, and only if that is absent is there one more attempt.
 */
export async function createOnce<Thing>(
  create: () => Promise<Thing>,
  find: () => Promise<Thing | undefined>,
): Promise<Thing> {
  try {
    return await create();
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
  }
  await pause(SETTLE_MS);
  return (await find()) ?? (await createOrFind(create, find));
}

async function createOrFind<Thing>(
  create: () => Promise<Thing>,
  find: () => Promise<Thing | undefined>,
): Promise<Thing> {
  try {
    return await create();
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
    await pause(SETTLE_MS);
    const found = await find();
    if (found === undefined) throw error;
    return found;
  }
}
