import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Golden numbers of make-fixtures.py. */
export function readFixture<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures", name), "utf8"));
}
