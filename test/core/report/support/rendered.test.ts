import { expect, test } from "vitest";
import { liveParts, rendered, tableShapes, visibleLines } from "./rendered.ts";

test.each([
  ["![x](https://evil.example/x.png)", '<img src="https://evil.example/x.png" alt="x">'],
  ["https://evil.example", '<a href="https://evil.example">'],
  ["#1", '<a href="/ada/models/pull/1">'],
  ["hello @ada", "@ada"],
  ["(@ada/team)", "@ada"],
])("the search for live parts finds %j", async (text, part) => {
  expect(liveParts(await rendered(text))).toEqual([part]);
});

test("the search for live parts leaves code and our own links alone", async () => {
  expect(liveParts(await rendered("`@ada #1` [run](https://github.example/ada/models/actions/runs/41)"))).toEqual([]);
});

test("a broken table has another shape", async () => {
  expect(tableShapes(await rendered("| a | b |\n| - | - |\n| 1 | 2 |"))).toEqual([[2, 2]]);
  expect(tableShapes(await rendered("| a | b |\n| - | - |\n| 1 |\n\n2 |"))).toEqual([[2, 2]]);
  expect(tableShapes(await rendered("| a | b |\n| - | - | - |"))).toEqual([]);
});

test("a folded section is one visible line", async () => {
  expect(await visibleLines("## a\n\nb\n\n<details><summary>c</summary>\n\n- d\n- e\n\n</details>")).toBe(3);
  expect(await visibleLines("<details open><summary>c</summary>\n\n- d\n- e\n\n</details>")).toBe(2);
});
