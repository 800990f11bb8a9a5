import type { Documents } from "#core/ports/documents";
import { parseJson } from "./json-text.ts";
import { printYaml } from "./print-yaml.ts";
import { parseYaml } from "./yaml-text.ts";

/** Reads YAML 1.2 (core schema) and, where the source's name ends in `.json`, strict JSON; prints YAML. */
export function yamlDocuments(): Documents {
  return {
    parse: (text, source) =>
      source.toLowerCase().endsWith(".json") ? parseJson(text, source) : parseYaml(text, source),
    print: printYaml,
  };
}
