import { expect, test } from "vitest";
import { childText, parseXml } from "#adapters/s3/xml";

test("reads elements, text, entities and the text of CDATA", () => {
  const source = `<?xml version="1.0" encoding="UTF-8"?>
<!-- page --><R xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Key>a&amp;&lt;&#x1;&#252;&quot;</Key><E/><D><![CDATA[<x>&]]></D></R>`;
  const root = parseXml(source);
  expect(root.name).toBe("R");
  expect(childText(root, "Key")).toBe('a&<\u0001ü"');
  expect(childText(root, "E")).toBe("");
  expect(childText(root, "D")).toBe("<x>&");
  expect(childText(root, "None")).toBeUndefined();
});

test.each([
  ["nothing", ""],
  ["text only", "hello"],
  ["an open element", "<a><b></b>"],
  ["a wrong end", "<a></b>"],
  ["an end too many", "<a/></a>"],
  ["two roots", "<a/><b/>"],
  ["text after the root", "<a/>x"],
  ["a document type", `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`],
  ["an entity of its own", "<a>&x;</a>"],
  ["a bare ampersand", "<a>x & y</a>"],
  ["a character beyond Unicode", "<a>&#x110000;</a>"],
  ["a processing instruction", "<a><?php ?></a>"],
  ["an unclosed tag", "<a"],
  ["an attribute without quotes", "<a b=c></a>"],
  ["depth", "<a>".repeat(100) + "</a>".repeat(100)],
  ["size", `<a>${" ".repeat(9_000_000)}</a>`],
])("refuses %s", (_, source) => {
  expect(() => parseXml(source)).toThrow(SyntaxError);
});

test("an element that stands twice is no value", () => {
  expect(() => childText(parseXml("<a><b>1</b><b>2</b></a>"), "b")).toThrow(SyntaxError);
});
