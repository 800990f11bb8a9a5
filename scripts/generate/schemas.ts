import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { editorSchema } from "#kit/json-schema";
import type { DerivedFile } from "./written-file.ts";

interface SchemaSource {
  readonly path: string;
  readonly module: string;
  readonly exportName: string;
  readonly title: string;
}

/** The schemas we publish for editors. A module that does not exist is passed over. */
const SOURCES: readonly SchemaSource[] = [
  {
    path: "schemas/tidemark.schema.json",
    module: "core/config/tidemark-config.ts",
    exportName: "TidemarkConfig",
    title: "Tidemark configuration (.github/tidemark.yml)",
  },
];

export async function schemaFiles(root: string): Promise<readonly DerivedFile[]> {
  return Promise.all(
    SOURCES.filter(({ module }) => existsSync(join(root, module))).map((each) => schemaFile(root, each)),
  );
}

async function schemaFile(root: string, { path, module, exportName, title }: SchemaSource): Promise<DerivedFile> {
  const exported: Record<string, unknown> = await import(pathToFileURL(join(root, module)).href);
  const schema = exported[exportName];
  if (!(schema instanceof z.ZodType)) throw new Error(`${module} must export the zod schema ${exportName}.`);
  return { path, text: `${JSON.stringify(editorSchema(schema, title), undefined, 2)}\n` };
}
