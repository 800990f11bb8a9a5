import type { KeyPart } from "#core/data/sql/key-relations";
import { UserError } from "#core/errors";

const PARTS = 16;

/**
 * Asks about all keys at once, which spills to disk; when DuckDB says that even so it has too little memory, as it does
 * now and then near its limit, once for each sixteenth of them.
 */
export async function inParts<Answer>(ask: (part: KeyPart | undefined) => Promise<Answer>): Promise<readonly Answer[]> {
  try {
    return [await ask(undefined)];
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== "DATA_ENGINE_MEMORY") throw error;
  }
  const answers: Answer[] = [];
  for (let at = 0; at < PARTS; at++) answers.push(await ask({ at, of: PARTS }));
  return answers;
}
