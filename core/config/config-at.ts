import type { Contents } from "../ports/code-host.ts";
import type { Documents } from "../ports/documents.ts";
import { readConfig } from "./read-config.ts";
import { CONFIG_PATH, type TidemarkConfig } from "./tidemark-config.ts";

interface From {
  readonly host: { readonly contents: Contents };
  readonly documents: Documents;
}

/** The configuration as a commit or branch has it; undefined where Tidemark is not used. @throws UserError CONFIG_INVALID */
export async function configAt({ host, documents }: From, ref: string): Promise<TidemarkConfig | undefined> {
  const text = await host.contents.read(CONFIG_PATH, ref);
  return text === undefined ? undefined : readConfig(text, documents, `${CONFIG_PATH} at ${ref.slice(0, 7)}`);
}
