import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { COMMANDS } from "#core/commands/command";
import { actionFiles, knownMetadata } from "../templates/support/actions.ts";
import { githubComplaints } from "../templates/support/github-language-service.ts";
import { quotedComment } from "./support/comment.ts";
import { between, blocks, pages, ROOT, read, rows } from "./support/documents.ts";

const readme = read("README.md");
const scripts: Readonly<Record<string, string>> = JSON.parse(read("package.json")).scripts;

// Made on a machine, never committed.
const UNTRACKED = new Set(["node_modules", "build", "dist", "coverage"]);

describe.each(pages)("%s", (page) => {
  const text = read(page);

  test("has only links that lead somewhere", () => {
    const links = [...text.matchAll(/\]\((?<target>[^)\s]+)\)/g)].map(({ groups }) => groups?.["target"] ?? "");
    for (const link of links.filter((target) => !/^(https:|mailto:|#)/.test(target))) {
      const path = join(ROOT, dirname(page), link.split("#")[0] ?? "");
      expect(existsSync(path), `${page} links to ${link}`).toBe(true);
    }
  });

  test("names only npm scripts that exist", () => {
    const named = [...text.matchAll(/npm run (?:--silent )?(?<script>[a-z][a-z:-]*)/g)];
    for (const script of named.map(({ groups }) => groups?.["script"] ?? "")) {
      expect(Object.keys({ ...scripts, ...exampleScripts() }), `${page} names npm run ${script}`).toContain(script);
    }
  });

  test("names only files of the sources that exist, but for those it tells to write", () => {
    const named = text.matchAll(
      /(?<!Write )`(?<path>(?:actions|adapters|bot|cli|core|kit|sandbox|scripts|schemas|test)\/[\w./-]+\.\w+)`/g,
    );
    for (const path of [...named].map(({ groups }) => groups?.["path"] ?? "")) {
      expect(existsSync(join(ROOT, path)), `${page} names ${path}`).toBe(true);
    }
  });
});

function exampleScripts(): Readonly<Record<string, string>> {
  return JSON.parse(read("examples/birdstrikes/package.json")).scripts;
}

test("shows the comment that the code renders today", () => {
  const hint = "run: npm exec -- node test/docs/update-readme.ts";
  expect(between(readme, "example:comment"), hint).toBe(quotedComment());
});

test("gives the two commands that .ci/run repeats", () => {
  expect(blocks(readme)[0]).toEqual({ language: "sh", text: "npm ci && npm run demo\nnpm ci && npm test\n" });
});

test("its workflow passes GitHub's own validation and uses inputs our actions have", async () => {
  const [workflow] = blocks(readme).filter(({ language }) => language === "yaml");
  expect(await githubComplaints(".github/workflows/model-ci.yml", workflow?.text ?? "", knownMetadata)).toEqual([]);
  expect(parse(workflow?.text ?? "").permissions).toEqual({ contents: "read", "pull-requests": "write" });
});

test("lists every action", () => {
  const listed = rows(between(readme, "generated:actions")).map(([name]) => /`(.+?)`/.exec(name ?? "")?.[1]);
  expect(listed).toEqual([...actionFiles.keys()].sort());
});

test("lists the commands the bot knows", () => {
  const listed = [...readme.matchAll(/`\/model (?<verb>[a-z]+)`/g)].map(({ groups }) => groups?.["verb"]);
  expect(listed).toEqual(expect.arrayContaining(Object.keys(COMMANDS)));
});

test("its map is the tree", () => {
  const folders = readdirSync(ROOT)
    .filter((name) => statSync(join(ROOT, name)).isDirectory() && !name.startsWith(".") && !UNTRACKED.has(name))
    .map((name) => `[${name}/](${name})`);
  expect(rows(between(readme, "folders")).map(([folder]) => folder)).toEqual(folders.sort());
});

test("asks for the app's permissions as the manifest does", () => {
  const listed = rows(between(readme, "app:permissions")).map(([name, level]) => [name?.replaceAll("`", ""), level]);
  expect(Object.fromEntries(listed)).toEqual(parse(read("bot/app.yml")).default_permissions);
});

test("names every setting of the bot", () => {
  const source = readFileSync(join(ROOT, "bot/settings.ts"), "utf8");
  const variables = [...source.matchAll(/^ {2}(?<name>[A-Z_]+): /gm)].map(({ groups }) => groups?.["name"]);
  expect(rows(between(readme, "bot:settings")).map(([name]) => name?.replaceAll("`", ""))).toEqual(variables);
});
