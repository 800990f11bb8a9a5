import { malformed } from "./malformed.ts";
import { tomlValue } from "./toml-value.ts";

const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 32;
const BARE_KEY = /^[A-Za-z0-9_-]+$/;
const KEY_PARTS = /\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^.\s"'=[\]#]+)\s*(?:\.|$)/y;

type Table = Map<string, unknown>;

/**
 * The part of TOML 1.0 that metrics files use: tables, arrays of tables, dotted and quoted keys, and values on one line.
 * Whatever else a text holds is refused with its line, never guessed.
 */
export function tomlDocument(text: string, source: string): unknown {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) throw malformed(source, `the text is ${bytes} bytes long; at most ${MAX_BYTES} are read`);
  const root: Table = new Map();
  const opened = new Set<string>();
  let table = root;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const refuse = (reason: string): Error => malformed(`${source} line ${at + 1}`, reason);
    const content = line.trim();
    if (content === "" || content.startsWith("#")) continue;
    const header = /^(\[\[?)([^[\]]+)(\]\]?)\s*(?:#.*)?$/.exec(content);
    if (header === null) assign(table, content, refuse);
    else table = open(root, { header, opened, refuse });
  }
  return plain(root);
}

interface Opening {
  readonly header: RegExpExecArray;
  /** Headers seen so far: a table is opened once. */
  readonly opened: Set<string>;
  readonly refuse: (reason: string) => Error;
}

function open(root: Table, { header, opened, refuse }: Opening): Table {
  const [, start = "", key = "", end = ""] = header;
  if (start.length !== end.length) throw refuse("a table's brackets do not match");
  const path = keyPath(key, refuse);
  const isList = start === "[[";
  const name = JSON.stringify(path);
  if (!isList && opened.has(name)) throw refuse(`the table ${key.trim().slice(0, 80)} occurs twice`);
  opened.add(name);
  if (!isList) return tableAt(root, path, refuse);
  const above = tableAt(root, path.slice(0, -1), refuse);
  const last = path.at(-1) ?? "";
  const list: unknown = above.get(last) ?? [];
  if (!Array.isArray(list)) throw refuse(`the key ${last.slice(0, 80)} occurs twice`);
  const item: Table = new Map();
  list.push(item);
  above.set(last, list);
  return item;
}

function assign(table: Table, line: string, refuse: (reason: string) => Error): void {
  const pair = /^((?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'=])+)=(.+)$/.exec(line);
  if (pair === null) throw refuse("expected a table or key = value");
  const [, key = "", text = ""] = pair;
  const path = keyPath(key, refuse);
  const last = path.at(-1) ?? "";
  const target = tableAt(table, path.slice(0, -1), refuse);
  if (target.has(last)) throw refuse(`the key ${last.slice(0, 80)} occurs twice`);
  target.set(last, tomlValue(text.trim(), refuse));
}

function tableAt(from: Table, path: readonly string[], refuse: (reason: string) => Error): Table {
  return path.reduce((table, key) => {
    const found = table.get(key) ?? new Map<string, unknown>();
    const below: unknown = Array.isArray(found) ? found.at(-1) : found;
    if (!(below instanceof Map)) throw refuse(`the key ${key.slice(0, 80)} occurs twice`);
    if (!table.has(key)) table.set(key, below);
    return below as Table;
  }, from);
}

function keyPath(text: string, refuse: (reason: string) => Error): readonly string[] {
  const key = text.trim();
  const path: string[] = [];
  KEY_PARTS.lastIndex = 0;
  while (KEY_PARTS.lastIndex < key.length) {
    const [, part = ""] = KEY_PARTS.exec(key) ?? [];
    const isQuoted = /^["']/.test(part);
    if (!isQuoted && !BARE_KEY.test(part)) throw refuse(`the key ${key.slice(0, 80)} cannot be read; put it in quotes`);
    path.push(isQuoted ? String(tomlValue(part, refuse)) : part);
  }
  if (path.length > MAX_DEPTH) throw refuse(`nested deeper than ${MAX_DEPTH} levels`);
  if (path.includes("__proto__")) throw refuse('the key "__proto__" is not allowed');
  return path;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, each]) => [key, plain(each)]));
}
