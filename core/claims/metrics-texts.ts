/** Parses the texts that are neither JSON nor YAML. */
export interface MetricsTexts {
  /** Every row's cells, the header's among them. @throws UserError DOCUMENT_MALFORMED with the line */
  csv(text: string, source: string): readonly (readonly string[])[];
  /** @throws UserError DOCUMENT_MALFORMED with the line */
  toml(text: string, source: string): unknown;
}
