/** Reads and prints YAML (and so JSON) without trusting it. */
export interface Documents {
  /**
   * The plain value of one document. Bounded in size and depth, no aliases, no tags, no duplicate keys.
   * @param source names the text in errors, such as a path
   * @throws UserError DOCUMENT_MALFORMED with the line
   */
  parse(text: string, source: string): unknown;
  /** The same bytes for the same value, keys in the given order. */
  print(value: unknown): string;
}
