const NUMBER = /^[-+]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][-+]?\d(?:_?\d)*)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[-+]\d{2}:\d{2})?)?$/;
const LITERAL = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|\[[^[\]]*\]|\{[^{}]*\}|[^#]*)/;
const MEMBER = /\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|[^,"'])+)\s*(?:,|$)/y;

type Refuse = (reason: string) => Error;

/** A value on one line and the comment behind it: text, a number, a boolean, a date as text, a list of these, an inline table. */
export function tomlValue(line: string, refuse: Refuse): unknown {
  if (/^(?:"""|''')/.test(line)) throw refuse("text over several lines is not read");
  const literal = LITERAL.exec(line)?.[0] ?? "";
  if (!/^\s*(?:#.*)?$/.test(line.slice(literal.length))) throw refuse("text follows a value");
  const text = literal.trim();
  if (text.startsWith("[")) return members(text, refuse).map((each) => tomlValue(each, refuse));
  if (text.startsWith("{")) return Object.fromEntries(members(text, refuse).map((each) => pair(each, refuse)));
  return scalar(text, refuse);
}

function scalar(text: string, refuse: Refuse): unknown {
  if (text.startsWith('"')) return basicText(text, refuse);
  if (text.startsWith("'") && text.endsWith("'")) return text.slice(1, -1);
  if (text === "true" || text === "false") return text === "true";
  if (DATE.test(text)) return text;
  if (/^[-+]?(?:nan|inf)$/.test(text)) throw refuse(`${text} is not a finite number`);
  const number = Number(text.replaceAll("_", ""));
  if (!NUMBER.test(text)) throw refuse(`the value ${text.slice(0, 40)} cannot be read; values stand on one line`);
  if (!Number.isFinite(number)) throw refuse(`${text.slice(0, 40)} is not a finite number`);
  return number;
}

/** TOML's escapes are those of JSON, but for \UXXXXXXXX, which is refused. */
function basicText(text: string, refuse: Refuse): string {
  try {
    return String(JSON.parse(text));
  } catch {
    throw refuse("the text in quotes cannot be read");
  }
}

function members(text: string, refuse: Refuse): readonly string[] {
  const inner = text.slice(1, -1).trim();
  if (!/[\]}]$/.test(text)) throw refuse("a list or an inline table ends on the line it starts on");
  const found: string[] = [];
  MEMBER.lastIndex = 0;
  while (MEMBER.lastIndex < inner.length) {
    const member = MEMBER.exec(inner)?.[1];
    if (member === undefined) throw refuse("a list or an inline table cannot be read");
    found.push(member.trim());
  }
  return found;
}

function pair(text: string, refuse: Refuse): readonly [string, unknown] {
  const found = /^(?:"([^"\\]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*=\s*(.+)$/.exec(text);
  const key = found?.[1] ?? found?.[2] ?? found?.[3];
  if (key === undefined || key === "__proto__") throw refuse("an inline table cannot be read");
  return [key, scalar((found?.[4] ?? "").trim(), refuse)];
}
