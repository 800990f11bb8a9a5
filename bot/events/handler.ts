import { z } from "zod";
import type { Repository } from "../work.ts";
import type { WorkItem } from "../work-item.ts";

export interface EventHandler {
  /** Event names with their action, as GitHub documents them. */
  readonly events: readonly string[];
  /** What is to be looked at because of it. @throws when the payload lacks a field it needs */
  readonly itemsOf: (payload: unknown) => readonly WorkItem[];
}

/** A handler that parses only the fields it uses. */
export function on<Schema extends z.ZodType>(
  events: readonly string[],
  schema: Schema,
  itemsOf: (payload: z.output<Schema>) => readonly WorkItem[],
): EventHandler {
  return { events, itemsOf: (payload) => itemsOf(schema.parse(payload)) };
}

const Installation = z.object({ id: z.number().int() });

/** Every event in a repository names it; inside a workflow there is no installation. */
export const InRepository = z
  .object({
    repository: z.object({ id: z.number(), name: z.string(), owner: z.object({ login: z.string() }) }),
    installation: Installation.optional(),
  })
  .transform(({ repository, installation }) => ({
    id: repository.id,
    at: { owner: repository.owner.login, name: repository.name, installationId: installation?.id ?? 0 },
  }));

export type InRepository = z.output<typeof InRepository>;

export function pullRequestItem(repository: Repository, number: number): WorkItem {
  return { repository, key: { kind: "pull-request", number } };
}

export function repositoryItem(repository: Repository): WorkItem {
  return { repository, key: { kind: "repository" } };
}
