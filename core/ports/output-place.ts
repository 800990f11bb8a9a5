export interface PlacedFile {
  /** Below the output, when that is a folder. */
  readonly path: string;
  /** Where it lies on this machine. */
  readonly file: string;
}

/** Puts copies of a snapshot's files where the job's next step looks for them. */
export interface OutputPlace {
  /** Readers of the path see the old file or the new one, never half of one. @throws UserError FILE_REFUSED, DISK_FULL */
  placeFile(path: string, file: string): Promise<void>;
  /** Replaces what the folder held by these files, all of them or none. @throws UserError FILE_REFUSED, DISK_FULL */
  placeFolder(path: string, files: readonly PlacedFile[]): Promise<void>;
}
