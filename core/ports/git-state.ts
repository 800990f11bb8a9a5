/** The working copy an action runs in. */
export interface GitState {
  /** The checked-out commit; undefined outside a repository. */
  head(): Promise<{ readonly commit: string; readonly dirty: boolean } | undefined>;
}
