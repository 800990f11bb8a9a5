/** One request and its answer. Bodies are parsed JSON, or text or bytes for other media types; absent is undefined. */
export interface Exchange {
  readonly method: string;
  /** As it came over the wire: still percent-encoded, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
  readonly contentType: string;
}

/** What is wrong with one part of an exchange or delivery; nothing when there are no problems. */
export interface Finding {
  readonly part: string;
  readonly problems: readonly string[];
  readonly value: unknown;
}

export const isEmpty = (body: unknown): boolean =>
  body === undefined ||
  body === null ||
  body === "" ||
  (typeof body === "object" && !ArrayBuffer.isView(body) && Object.keys(body).length === 0);
