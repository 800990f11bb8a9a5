import { QueryRefused } from "./query-refused.ts";

const TABLE_KINDS = new Set(["BASE_TABLE", "TABLE_FUNCTION", "SUBQUERY", "JOIN", "EMPTY", "EXPRESSION_LIST", "PIVOT"]);
const TABLE_FUNCTIONS = new Set(["unnest", "range", "generate_series"]);

type Node = Readonly<Record<string, unknown>>;

/**
 * Refuses a statement, as DuckDB's `json_serialize_sql` gives it, that is no SELECT or reads anything but `data`, its
 * own WITH tables, and rows made of numbers.
 */
export function refuseTree(tree: unknown): void {
  if (!isNode(tree) || tree["error"] !== false) throw new QueryRefused(errorOf(tree));
  const statements: unknown = tree["statements"];
  if (!Array.isArray(statements) || statements.length !== 1) throw new QueryRefused("it must be one statement");
  const nodes = [...nodesOf(tree)];
  const known = new Set(["data", ...nodes.flatMap(withNames)]);
  for (const node of nodes) if (isTable(node)) refuseTable(node, known);
}

function errorOf(tree: unknown): string {
  const isSyntax = isNode(tree) && tree["error_type"] === "parser";
  return isSyntax ? `it cannot be run: ${String(tree["error_message"]).slice(0, 200)}` : "it must be a SELECT";
}

function* nodesOf(value: unknown): Generator<Node> {
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) open.push(...next);
    else if (isNode(next)) {
      yield next;
      open.push(...Object.values(next));
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function withNames(node: Node): string[] {
  const map = isNode(node["cte_map"]) ? node["cte_map"]["map"] : [];
  const entries: unknown[] = Array.isArray(map) ? map : [];
  return entries.flatMap((entry) => (isNode(entry) ? [String(entry["key"]).toLowerCase()] : []));
}

/** What stands in FROM has an alias and may have a sample; expressions have a class. */
function isTable(node: Node): boolean {
  return "alias" in node && "sample" in node && !("class" in node);
}

function refuseTable(node: Node, known: ReadonlySet<string>): void {
  const kind = String(node["type"]);
  if (!TABLE_KINDS.has(kind)) throw new QueryRefused("it may read the table data and nothing else");
  if (kind === "BASE_TABLE") {
    const name = String(node["table_name"]).toLowerCase();
    const isPlain = node["schema_name"] === "" && node["catalog_name"] === "";
    if (!isPlain || !known.has(name)) throw new QueryRefused("it may read the table data and nothing else");
  }
  if (kind === "TABLE_FUNCTION") {
    const call = node["function"];
    const name = isNode(call) ? String(call["function_name"]).toLowerCase() : "";
    if (!TABLE_FUNCTIONS.has(name)) throw new QueryRefused("it may call no function that reads a table or a file");
  }
}
