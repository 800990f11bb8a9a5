import { UserError } from "#core/errors";

/** Deeper than any file of ours; both parsers recurse, so the depth is counted before they see the text. */
export const MAX_DEPTH = 64;

export interface Place {
  readonly source: string;
  readonly line?: number;
}

export function malformed({ source, line }: Place, reason: string, cause?: unknown): UserError {
  const place = line === undefined ? source : `${source} line ${line}`;
  return new UserError("DOCUMENT_MALFORMED", `${place}: ${reason}.`, "Correct the file and run again.", { cause });
}

/** Refuses text that is too long before anything looks into it. */
export function refuseLong(text: string, maxBytes: number, source: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) throw malformed({ source }, `the text is ${bytes} bytes long; at most ${maxBytes} are read`);
}

/** What is wrong with a key or a number whatever the syntax around it; undefined when nothing is. */
export function keyProblem(key: string): string | undefined {
  if (key === "__proto__") return 'the key "__proto__" is not allowed';
  return undefined;
}

const WHOLE = /^[-+]?\d+$/;

export function numberProblem(literal: string, value: number): string | undefined {
  const shown = literal.length > 40 ? `${literal.slice(0, 40)}…` : literal;
  if (!Number.isFinite(value)) return `${shown} is not a finite number`;
  if (WHOLE.test(literal) && !Number.isSafeInteger(value)) {
    return `${shown} is larger than a number can hold exactly; write it as text, in quotes`;
  }
  return undefined;
}
