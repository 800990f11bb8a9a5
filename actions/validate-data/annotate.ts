import type { Found } from "#core/data/finding";
import type { Locator } from "#core/ports/documents";
import type { Log } from "#core/ports/log";

// GitHub shows ten annotations of a level per step; a log of thousands of lines hides them.
const MOST_TOLD = 50;

export interface ContractLines {
  readonly file: string;
  readonly locate: Locator;
}

/** Tells each finding beside the line of the contract it is about, the most severe first. */
export function annotate(log: Log, found: readonly Found[], { file, locate }: ContractLines): void {
  for (const { finding, at } of found.slice(0, MOST_TOLD)) {
    const text = `${finding.sentence} ${finding.nextStep}`;
    const line = locate(at);
    const place = { file, ...(line === undefined ? {} : { line }), title: finding.id };
    if (finding.severity === "note") log.info(text);
    else log[finding.severity](text, place);
  }
  if (found.length > MOST_TOLD) log.info(`And ${found.length - MOST_TOLD} findings more in the report.`);
}
