/** How an engine stores a column: as text, or as a value of its own. */
export type StoredType = "text" | "integer" | "number" | "date" | "timestamp" | "boolean";

/** What a text can be tried as; `wide-integer` holds at least 38 digits exactly. */
export type CastType = "number" | "date" | "wide-integer";

/** What differs between the SQL engines that run compiled checks. Everything else is plain SQL. */
export interface SqlDialect {
  /** @throws UserError COLUMN_REFUSED for a name no identifier can carry */
  identifier(name: string): string;
  literal(text: string): string;
  /** A finite number, exactly. */
  number(value: number): string;
  wideInteger(value: bigint): string;
  /** NULL where the value cannot be had. */
  tryCast(expression: string, type: CastType): string;
  /** Any text, as long as equal values have equal ones and different values different ones. */
  text(expression: string): string;
  /** The text that people and patterns know. @throws UserError CHECK_REFUSED where engines write the value differently */
  writtenText(expression: string, stored: StoredType): string;
  /** Whether the pattern occurs in the text; only `^` and `\z` bind. */
  matches(text: string, pattern: string): string;
  /** The part of the text that the pattern's group `index` matches, else an empty text. */
  extract(text: string, pattern: string, index: number): string;
  /** In characters, counted as code points. */
  length(text: string): string;
  isFinite(number: string): string;
  /** Whether a finite number is an integer. */
  isWhole(number: string): string;
  /** Milliseconds since 1970 in UTC. */
  epochMs(moment: string, stored: "date" | "timestamp"): string;
  /** One value made of several that is equal exactly when all of them are. */
  tuple(expressions: readonly string[]): string;
  /** 128 bits of a text that is not NULL; equal texts give equal ones, and nobody has made two others do so by chance. */
  hash(text: string): string;
  /** A number from 0 to `buckets` − 1 that equal values share. */
  bucket(expressions: readonly string[], buckets: number): string;
}
