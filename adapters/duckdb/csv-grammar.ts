// RFC 4180 as a table: [state][kind of byte] is the next state, or an event (from 8 on) that ends a value, a row or the reading.

const [START, BARE, QUOTED, CLOSED, RETURNED] = [0, 1, 2, 3, 4] as const;

export const CsvState = { START, BARE, QUOTED, CLOSED, RETURNED } as const;

export const CsvEvent = {
  VALUE: 8,
  ROW: 9,
  ROW_CRLF: 10,
  LINE_INSIDE: 11,
  QUOTE_IN_BARE: 12,
  TEXT_AFTER_QUOTE: 13,
  LONE_RETURN: 14,
} as const;

const { VALUE, ROW, ROW_CRLF, LINE_INSIDE, QUOTE_IN_BARE, TEXT_AFTER_QUOTE, LONE_RETURN } = CsvEvent;

/** Columns: any other byte, line feed, carriage return, quote, comma; three unused. */
export const TRANSITIONS = Uint8Array.from(
  [
    [BARE, ROW, RETURNED, QUOTED, VALUE, 0, 0, 0],
    [BARE, ROW, RETURNED, QUOTE_IN_BARE, VALUE, 0, 0, 0],
    [QUOTED, LINE_INSIDE, QUOTED, CLOSED, QUOTED, 0, 0, 0],
    [TEXT_AFTER_QUOTE, ROW, RETURNED, QUOTED, VALUE, 0, 0, 0],
    [LONE_RETURN, ROW_CRLF, LONE_RETURN, LONE_RETURN, LONE_RETURN, 0, 0, 0],
  ].flat(),
);

/** The kind of each of the 256 bytes. */
export const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const kind = [0x0a, 0x0d, 0x22, 0x2c].indexOf(byte);
  return kind + 1;
});

export const REASONS: Readonly<Record<number, string>> = {
  [QUOTE_IN_BARE]: "a quote stands inside a value that is not quoted",
  [TEXT_AFTER_QUOTE]: 'text follows a closing quote; a quote inside a quoted value is written twice ("")',
  [LONE_RETURN]: "a carriage return stands without a line feed",
};

/** The values of one row that is known to follow the grammar. */
export function splitRow(row: string): readonly string[] {
  return [...`,${row}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'),
  );
}
