import { expect, test } from "vitest";
import { parsePatch } from "#sandbox/pages/diff";
import { renderMarkdown } from "#sandbox/pages/markdown";

const render = (text: string) => renderMarkdown(text, { repository: { owner: "acme", name: "churn" } });

test("an alert becomes a titled block without its marker", async () => {
  expect(await render("> [!WARNING]\n> Too **few** rows.")).toBe(
    '<div class="alert alert-warning"><p class="alert-title">Warning</p>\n<p>Too <strong>few</strong> rows.</p>\n</div>',
  );
});

test("a marker with a list below leaves no empty paragraph", async () => {
  const markup = await render("> [!NOTE]\n>\n> - one");
  expect(markup).toContain('<p class="alert-title">Note</p>');
  expect(markup).not.toContain("<p></p>");
});

test("a quote with another word in brackets stays a quote", async () => {
  expect(await render("> [!SHOUT]\n> text")).toMatch(/^<blockquote>/);
});

test("a mermaid fence stays code", async () => {
  expect(await render("```mermaid\ngraph LR; a --> b\n```")).toBe(
    '<pre><code class="language-mermaid">graph LR; a --> b\n</code></pre>',
  );
});

test("a reference leads to the page of that number here, and a mention stays text", async () => {
  expect(await render("#12 of @mara")).toBe('<p><a href="/acme/churn/pull/12">#12</a> of @mara</p>');
});

test("tables, task lists and details are kept as on GitHub", async () => {
  const markup = await render(
    "| a | b |\n|--|--:|\n| 1 | 2 |\n\n- [x] done\n\n<details><summary>More</summary>\n\ntext\n\n</details>",
  );
  expect(markup).toContain('<td align="right">2</td>');
  expect(markup).toContain('type="checkbox"');
  expect(markup).toContain("<details><summary>More</summary>");
});

test("a patch is numbered on both sides and starts anew at each hunk", () => {
  const lines = parsePatch("@@ -3,2 +3,3 @@ head\n same\n-old\n+new\n+more\n@@ -20 +21 @@\n+end");
  expect(lines.map(({ kind, before, after }) => [kind, before, after])).toEqual([
    ["hunk", undefined, undefined],
    ["same", 3, 3],
    ["removed", 4, undefined],
    ["added", undefined, 4],
    ["added", undefined, 5],
    ["hunk", undefined, undefined],
    ["added", undefined, 21],
  ]);
});
