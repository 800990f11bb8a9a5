import { type Digest, digestOf } from "../digest.ts";
import type { Documents } from "../ports/documents.ts";
import type { Files } from "../ports/files.ts";
import type { MetricsTexts } from "./metrics-texts.ts";
import { tableDocument } from "./table-document.ts";
import { textDocument } from "./text-document.ts";

/** Trainers log every step into one file; a metrics file is a thousandth of this. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_TEXT_BYTES = 256 * 1024;

export interface From {
  readonly files: Pick<Files, "readText" | "exists">;
  readonly documents: Pick<Documents, "parse">;
  readonly texts: MetricsTexts;
}

export interface MetricsDocument {
  readonly document: unknown;
  readonly digest: Digest;
  readonly path: string;
}

/** A metrics file's document, whatever its format. @throws UserError DOCUMENT_MALFORMED, FILE_TOO_LARGE, FILE_MISSING */
export async function readMetricsFile(from: From, path: string): Promise<MetricsDocument> {
  const text = await from.files.readText(path, /\.(?:txt|md)$/i.test(path) ? MAX_TEXT_BYTES : MAX_BYTES);
  return { document: parsed(from, { path, text }), digest: digestOf(text), path };
}

function parsed({ documents, texts }: From, { path, text }: { readonly path: string; readonly text: string }): unknown {
  switch (/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase()) {
    case "csv":
      return tableDocument(texts.csv(text, path));
    case "toml":
      return texts.toml(text, path);
    case "txt":
    case "md":
      return textDocument(text);
    default:
      return documents.parse(text, path, MAX_BYTES);
  }
}
