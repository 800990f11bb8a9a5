import type { Key, Repository } from "./work.ts";

/** One key of one repository: what the queue holds. */
export interface WorkItem {
  readonly repository: Repository;
  readonly key: Key;
}

/** Where a piece of work stands in the queue: the same text is the same work, the same lane never runs twice at once. */
export interface Place {
  readonly text: string;
  readonly lane: string;
}

export function placeOf({ repository, key }: WorkItem): Place {
  // GitHub takes names in any case as the same name.
  const base = `${repository.owner}/${repository.name}`.toLowerCase();
  switch (key.kind) {
    case "pull-request":
      return { text: `${base}#${key.number}`, lane: `${base}#${key.number}` };
    case "comment":
      return { text: `${base}#${key.number} comment ${key.commentId}`, lane: `${base}#${key.number}` };
    case "release": {
      const lane = `${base}@${key.model}/${key.environment}`;
      return { text: lane, lane };
    }
    case "repository":
      return { text: base, lane: base };
    default:
      return key satisfies never;
  }
}
