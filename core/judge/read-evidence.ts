import { parseAs } from "../parse-as.ts";
import type { Documents } from "../ports/documents.ts";
import type { Files } from "../ports/files.ts";
import { Evidence } from "./evidence.ts";

interface From {
  readonly files: Files;
  readonly documents: Documents;
}

/** @throws UserError FILE_MISSING, EVIDENCE_INVALID */
export async function readEvidence({ files, documents }: From, path: string): Promise<Evidence> {
  const from = {
    source: path,
    code: "EVIDENCE_INVALID",
    hint: "Run compare-metrics again with this version of Tidemark.",
  };
  return parseAs(Evidence, documents.parse(await files.readText(path), path), from);
}
