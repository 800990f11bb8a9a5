import type { Digest } from "../digest.ts";

/** What a target says of itself when asked. */
export interface Serving {
  /** The digest of the files the server loaded, computed by the server. */
  readonly digest: Digest;
  readonly ready: boolean;
  readonly endpoint: string;
}

export interface Release {
  readonly model: string;
  readonly digest: Digest;
  /** A folder that holds exactly the model's files, already verified. */
  readonly folder: string;
}

/** A place where a model serves. Applying is declarative: applying the same release twice changes nothing. */
export interface DeployTarget {
  /** Undefined when nothing serves yet. */
  read(model: string): Promise<Serving | undefined>;
  /** Brings the release up and returns when it is ready, or puts back what served before and throws. @throws UserError TARGET_UNHEALTHY */
  apply(release: Release): Promise<void>;
  readonly description: string;
}
