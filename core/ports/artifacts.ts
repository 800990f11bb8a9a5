/** Hands files from one job to another. */
export interface ArtifactUploader {
  /** @param files paths on this machine, all below `root` */
  upload(name: string, files: readonly string[], root: string): Promise<void>;
}

export interface ArtifactLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** Artifacts of a workflow run, read as hostile data: regular files, bounded, nothing outside the folder. */
export interface ArtifactSource {
  /**
   * Unpacks the run's artifact of exactly this name into an empty folder.
   * @returns the relative paths, sorted; undefined when the run has no such artifact
   * @throws UserError ARTIFACT_REFUSED naming the entry and the limit
   */
  download(runId: number, name: string, folder: string, limits: ArtifactLimits): Promise<readonly string[] | undefined>;
  /** Names of the run's artifacts that have not expired. */
  names(runId: number): Promise<readonly string[]>;
}
