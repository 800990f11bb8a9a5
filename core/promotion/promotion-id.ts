import { type Digest, digestOfJson } from "../digest.ts";
import type { ReleaseRecord } from "../registry/release-record.ts";

/** Names one promotion for ever, so that every step can ask "has this been done?" instead of doing it twice. */
export function promotionId(repository: string, record: ReleaseRecord): Digest {
  const { model, environment, generation, serving } = record;
  return digestOfJson({ repository: repository.toLowerCase(), model, environment, digest: serving.digest, generation });
}
