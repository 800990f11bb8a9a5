import { z } from "zod";
import { parseAs } from "../parse-as.ts";
import type { Documents } from "../ports/documents.ts";
import type { Files } from "../ports/files.ts";

const Claims = z.record(z.string().max(100), z.union([z.number(), z.string(), z.boolean(), z.null()]));

/** The numbers a training run claims of itself; none when it wrote no file. @throws UserError METRICS_MALFORMED */
export async function claimedMetrics(
  { files, documents }: { readonly files: Files; readonly documents: Documents },
  path: string,
): Promise<Record<string, number>> {
  if (!(await files.exists(path))) return {};
  const hint = "Write one JSON object of finite numbers by name.";
  const claims = parseAs(Claims, documents.parse(await files.readText(path), path), {
    source: path,
    code: "METRICS_MALFORMED",
    hint,
  });
  return Object.fromEntries(
    Object.entries(claims).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}
