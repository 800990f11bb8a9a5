import { UserError } from "../../errors.ts";

const MAX_LENGTH = 1_000;

/** Quotes a name by doubling the quote, so that no name can end its own quotation. @throws UserError COLUMN_REFUSED */
export function quotedIdentifier(name: string, quote: '"' | "`"): string {
  if (name === "") throw refused("a column without a name");
  if (name.includes("\0")) throw refused("a column name with a NUL character");
  if (name.length > MAX_LENGTH) throw refused(`a column name longer than ${MAX_LENGTH} characters`);
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
}

function refused(what: string): UserError {
  return new UserError(
    "COLUMN_REFUSED",
    `The data has ${what}.`,
    "Rename the column in the step that writes the data.",
  );
}
