/** The part of a hast tree that the alerts look at. */
interface Node {
  readonly type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
}

const TITLES: Readonly<Record<string, string>> = {
  NOTE: "Note",
  TIP: "Tip",
  IMPORTANT: "Important",
  WARNING: "Warning",
  CAUTION: "Caution",
};
const MARKER = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(\n|$)/;

function markerOf(quote: Node): { readonly text: Node; readonly kind: string } | undefined {
  const paragraph = quote.children?.find((child) => child.type === "element");
  const [text] = paragraph?.tagName === "p" ? (paragraph.children ?? []) : [];
  const [, kind] = MARKER.exec(text?.value ?? "") ?? [];
  return text && kind !== undefined ? { text, kind } : undefined;
}

const titleOf = (kind: string): Node => ({
  type: "element",
  tagName: "p",
  properties: { className: ["alert-title"] },
  children: [{ type: "text", value: TITLES[kind] ?? kind }],
});

/** An empty first paragraph is left where the marker stood on a line of its own. */
const isHollow = (node: Node): boolean =>
  node.tagName === "p" && (node.children ?? []).every((child) => child.type === "text" && child.value?.trim() === "");

function turnIntoAlert(quote: Node): void {
  const marker = markerOf(quote);
  if (!marker) return;
  marker.text.value = marker.text.value?.replace(MARKER, "") ?? "";
  quote.tagName = "div";
  quote.properties = { className: ["alert", `alert-${marker.kind.toLowerCase()}`] };
  quote.children = [titleOf(marker.kind), ...(quote.children ?? []).filter((child) => !isHollow(child))];
}

function visit(node: Node): void {
  if (node.tagName === "blockquote") turnIntoAlert(node);
  for (const child of node.children ?? []) visit(child);
}

/** GitHub's `> [!WARNING]` blocks. Runs after sanitizing, which takes classes away. */
export const rehypeAlerts = () => visit;
