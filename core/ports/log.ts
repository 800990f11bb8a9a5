/** Where in the repository a message belongs, so that it can stand beside the line. */
export interface Place {
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly title?: string;
}

/** One call is one line: a line break inside `text` is shown as %0A, because the text may come from data, models or pull requests. */
export interface Log {
  info(text: string): void;
  /** Shown only when debugging is switched on. */
  debug(text: string): void;
  warning(text: string, place?: Place): void;
  error(text: string, place?: Place): void;
  /** Folds the lines that `work` writes under a title. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
}
