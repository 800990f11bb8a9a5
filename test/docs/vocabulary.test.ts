import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { between, pages, ROOT, read, rows } from "./support/documents.ts";

const PAGE = "docs/vocabulary.md";

const words = rows(between(read(PAGE), "vocabulary")).map(([word = "", meaning = "", banned = ""]) => ({
  word,
  meaning,
  banned: banned.split(", ").filter((each) => each !== ""),
}));
const banned = words.flatMap((entry) => entry.banned.map((said) => ({ said, word: entry.word })));

/** Sources whose texts and doc comments people read: the domain, the bot, the actions. */
const sources = ["core", "bot", "actions", "kit"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`),
);

/** Lines that use a banned word, whatever its case and number. */
function misuses(text: string): readonly string[] {
  return text
    .split("\n")
    .flatMap((line, at) =>
      banned
        .filter(({ said }) => new RegExp(`(?<![\\w-])${said}s?(?![\\w-])`, "i").test(line))
        .map(({ said, word }) => `line ${at + 1} says "${said}"; our word is "${word}"`),
    );
}

test("every word has a meaning, and no word is banned for another", () => {
  for (const { word, meaning } of words) expect(meaning, word).toMatch(/^.+\.$/);
  const ours = new Set(words.map(({ word }) => word));
  expect(banned.filter(({ said }) => ours.has(said))).toEqual([]);
});

test("a banned word is noticed", () => {
  expect(misuses("The Challengers won.")).toEqual(['line 1 says "challenger"; our word is "candidate"']);
});

test.each(pages.filter((page) => page !== PAGE))("%s keeps to the words", (page) => {
  expect(misuses(read(page))).toEqual([]);
});

test("sources keep to the words", () => {
  expect(sources.flatMap((path) => misuses(read(path)).map((misuse) => `${path} ${misuse}`))).toEqual([]);
});
