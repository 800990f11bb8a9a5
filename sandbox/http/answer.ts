import type { Call } from "./call.ts";

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Bytes in place of JSON. */
  readonly raw?: { readonly contentType: string; readonly content: string | Buffer | ReadableStream };
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent = (): Answer => ({ status: 204 });
export const redirect = (location: string): Answer => ({ status: 302, headers: { location } });

export function rawText(content: string | Buffer, contentType: string): Answer {
  return { status: 200, raw: { contentType, content } };
}

type Render<Item> = (item: Item) => unknown;

/** One page of a list, with GitHub's Link header; only the items of the page are rendered. */
export async function page<Item>(call: Call, items: readonly Item[], render: Render<Item>): Promise<Answer> {
  const { shown, headers } = cut(call, items);
  return { status: 200, headers, body: await Promise.all(shown.map(render)) };
}

/** The same inside `{ total_count, <name>: [...] }`. */
export async function pageIn<Item>(
  call: Call,
  list: { readonly name: string; readonly items: readonly Item[] },
  render: Render<Item>,
): Promise<Answer> {
  const { shown, headers } = cut(call, list.items);
  const rendered = await Promise.all(shown.map(render));
  return { status: 200, headers, body: { total_count: list.items.length, [list.name]: rendered } };
}

const DEFAULT_PER_PAGE = 30;
const MAX_PER_PAGE = 100;

function cut<Item>(call: Call, items: readonly Item[]): { shown: Item[]; headers: Record<string, string> } {
  const perPage = Math.min(MAX_PER_PAGE, positive(call.query("per_page")) ?? DEFAULT_PER_PAGE);
  const number = positive(call.query("page")) ?? 1;
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const relations: [string, number][] = [];
  if (number > 1) relations.push(["prev", number - 1]);
  if (number < last) relations.push(["next", number + 1], ["last", last]);
  if (number > 1) relations.push(["first", 1]);
  const link = relations.map(([name, target]) => `<${pageUrl(call, target)}>; rel="${name}"`).join(", ");
  return {
    shown: items.slice((number - 1) * perPage, number * perPage),
    headers: link === "" ? {} : { link },
  };
}

function pageUrl(call: Call, number: number): string {
  const url = new URL(call.request.path, call.state.url);
  url.search = call.request.query.toString();
  url.searchParams.set("page", String(number));
  return url.href;
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
