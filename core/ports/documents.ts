/** Reads and prints YAML (and so JSON) without trusting it. */
export interface Documents {
  /**
   * The plain value of one document. Bounded in size and depth, no aliases, no tags, no duplicate keys.
   * @param source names the text in errors, such as a path
   * @param maxBytes for a JSON text that may be larger than a report, such as a profile
   * @throws UserError DOCUMENT_MALFORMED with the line
   */
  parse(text: string, source: string, maxBytes?: number): unknown;
  /** Says on which line of a text a value stands. */
  locate(text: string): Locator;
  /** The same bytes for the same value, keys in the given order. */
  print(value: unknown): string;
}

/**
 * The line of a value by its path, counted from 1: that of the nearest value around it when it is not there, undefined
 * in a text that cannot be read.
 */
export type Locator = (path: readonly (string | number)[]) => number | undefined;
