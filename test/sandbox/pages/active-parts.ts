/** Everything by which a page could act: elements, event attributes, addresses with a scheme of their own. */
export function activeParts(page: string): readonly string[] {
  const tags = page.match(/<[a-z][^>]*>/gi) ?? [];
  return tags.filter(
    (tag) =>
      /^<(script|iframe|object|embed|form|base|link)\b/i.test(tag) ||
      /\s(on\w+|srcdoc|formaction)\s*=/i.test(tag.replace(/"[^"]*"/g, '""')) ||
      /\s(href|src)="?\s*(javascript|vbscript|data:text)/i.test(tag),
  );
}
