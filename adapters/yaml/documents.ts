import type { Documents } from "#core/ports/documents";
import { parseJson } from "./json-text.ts";
import { locatorOf } from "./locator.ts";
import { printYaml } from "./print-yaml.ts";
import { parseYaml } from "./yaml-text.ts";

/** Reads YAML 1.2 (core schema) and, where the source's name ends in `.json`, strict JSON; prints YAML. */
export function yamlDocuments(): Documents {
  return {
    parse: (text, source, maxBytes) =>
      source.toLowerCase().endsWith(".json") ? parseJson(text, source, maxBytes) : parseYaml(text, source),
    locate: locatorOf,
    print: printYaml,
  };
}
