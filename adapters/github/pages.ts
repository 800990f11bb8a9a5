import { z } from "zod";
import { UserError } from "#core/errors";
import type { Client, Parameters } from "./client.ts";

const PER_PAGE = 100;
/** More than any list of ours may hold; a list that goes on for ever is a fault. */
const MAX_PAGES = 100;

export interface List<Item extends z.ZodType> {
  readonly route: string;
  readonly item: Item;
  readonly parameters?: Parameters;
  /** Where the answer is an object, the field that holds the list. */
  readonly field?: string;
}

/** Every item of a list, page after page, as GitHub orders them. */
export async function* pages<Item extends z.ZodType>(client: Client, list: List<Item>): AsyncGenerator<z.output<Item>> {
  const { route, item, parameters, field } = list;
  const items = z.array(item);
  const schema = field === undefined ? items : z.object({ [field]: items }).transform((page) => page[field] ?? []);
  for (let page = 1; page <= MAX_PAGES; page++) {
    const found = await client.read(route, schema, { ...parameters, per_page: PER_PAGE, page });
    yield* found;
    if (found.length < PER_PAGE) return;
  }
  throw new UserError(
    "GITHUB_REFUSED",
    `${route} lists more than ${PER_PAGE * MAX_PAGES} items.`,
    "Close or remove what is no longer needed.",
  );
}

export async function everyItem<Item extends z.ZodType>(client: Client, list: List<Item>): Promise<z.output<Item>[]> {
  const all: z.output<Item>[] = [];
  for await (const item of pages(client, list)) all.push(item);
  return all;
}

/** The first item that matches; later pages are not asked for. */
export async function firstItem<Item extends z.ZodType>(
  client: Client,
  list: List<Item>,
  matches: (item: z.output<Item>) => boolean,
): Promise<z.output<Item> | undefined> {
  for await (const item of pages(client, list)) if (matches(item)) return item;
  return undefined;
}
