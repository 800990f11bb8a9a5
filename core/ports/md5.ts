/** The digest DVC names files by; nothing of ours is named so. In hex. */
export interface Md5 {
  ofText(text: string): string;
  /** Of the file's bytes, and of the same with every CR LF as LF, which DVC before version 3 took for text. */
  ofFile(file: string): Promise<{ readonly exact: string; readonly unixLines: string }>;
}
