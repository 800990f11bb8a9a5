export interface TableFile {
  readonly path: string;
  /** Of text, after decompression. */
  readonly maxBytes: number;
  /** What is told of a file with more, when it is not the file's fault. */
  readonly tooLarge?: () => Error;
}
