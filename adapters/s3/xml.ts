/**
 * A strict reader for the few kinds of document S3 and STS answer with. There is no XML parser among our direct
 * dependencies, and these documents need elements and text only: anything else (a document type, so also entities of
 * one's own; processing instructions; a wrong or missing end tag) is refused, as is what is deep or large.
 */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface Open {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

const MAX_DEPTH = 16;
/** 1,000 keys of 1,024 bytes, three characters each, and what stands around them. */
const MAX_CHARACTERS = 8 * 1024 * 1024;

const TOKEN =
  /<!--.*?-->|<!\[CDATA\[(?<data>.*?)\]\]>|<(?<end>\/?)(?<name>[A-Za-z_][\w:.-]*)(?<rest>(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/?)>|(?<text>[^<]+)/sy;
const DECLARATION = /^\uFEFF?\s*<\?xml\s[^<>?]*\?>/;

/** @throws SyntaxError */
export function parseXml(source: string): XmlElement {
  if (source.length > MAX_CHARACTERS) throw new SyntaxError("the document is too large");
  const root: Open = { name: "", text: "", children: [] };
  const open: Open[] = [root];
  const body = source.replace(DECLARATION, "");
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < body.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(body)?.groups;
    if (groups === undefined) throw new SyntaxError(`no XML that S3 writes, at character ${at}`);
    take(groups, open);
  }
  const [only] = root.children;
  if (open.length > 1 || only === undefined || root.children.length > 1 || root.text.trim() !== "") {
    throw new SyntaxError("the document is not one whole element");
  }
  return only;
}

function take(token: Readonly<Record<string, string | undefined>>, open: Open[]): void {
  const current = open.at(-1) as Open;
  if (token["text"] !== undefined) current.text += unescaped(token["text"]);
  else if (token["data"] !== undefined) current.text += token["data"];
  else if (token["name"] === undefined) return;
  else if (token["end"] === "/") close(token["name"], open);
  else {
    const element: Open = { name: token["name"], text: "", children: [] };
    current.children.push(element);
    if (token["empty"] === "/") return;
    if (open.length >= MAX_DEPTH) throw new SyntaxError("the document is too deep");
    open.push(element);
  }
}

function close(name: string, open: Open[]): void {
  if (open.length === 1 || open.pop()?.name !== name) throw new SyntaxError(`</${name}> closes nothing`);
}

const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&([^;&]{0,10});?/g, (whole, name: string) => {
    const named = Object.hasOwn(NAMED, name) ? NAMED[name] : character(name);
    if (named === undefined || !whole.endsWith(";")) throw new SyntaxError("an entity that XML does not define");
    return named;
  });
}

function character(name: string): string | undefined {
  const { hex, decimal } = /^#(?:x(?<hex>[0-9a-fA-F]+)|(?<decimal>\d+))$/.exec(name)?.groups ?? {};
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** The text of the one child of this name; undefined when there is none. @throws SyntaxError when there are two */
export function childText(element: XmlElement, name: string): string | undefined {
  const found = element.children.filter((child) => child.name === name);
  if (found.length > 1) throw new SyntaxError(`<${name}> stands twice in <${element.name}>`);
  return found[0]?.text;
}
