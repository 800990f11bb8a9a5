import type { Contract } from "#core/data/contract";
import { previousRows } from "#core/data/previous-rows";
import { readContract, refusePatterns } from "#core/data/read-contract";
import type { RelatedFiles } from "#core/data/requirement/foreign-keys";
import type { ValidationReport } from "#core/data/validation-report";
import { digestOf } from "#core/digest";
import { UserError } from "#core/errors";
import type { Locator } from "#core/ports/documents";
import type { GivenFiles } from "#core/ports/given-files";
import type { SourceFile, SubjectFiles } from "./subject.ts";

export interface ReadContract {
  readonly contract: Contract;
  readonly described: NonNullable<ValidationReport["contract"]>;
  readonly locate: Locator;
}

/** Reads a contract and refuses what no engine could check, before any data is opened. */
export async function contractOf(
  { path, files }: SourceFile,
  { documents, refusePattern }: SubjectFiles & { readonly refusePattern: (pattern: string) => void },
): Promise<ReadContract> {
  const text = await files.readText(path);
  const contract = readContract(text, documents, path);
  const locate = documents.locate(text);
  refusePatterns(contract, { source: path, locate, refusePattern });
  const { id, version } = contract;
  return { contract, described: { path, id, version, digest: digestOf(text) }, locate };
}

const RELATED = /^(?<name>[^=]+)=(?<path>.+)$/;

/** "customers=data/customers.csv" */
export function relatedFiles(items: readonly string[], given: GivenFiles): RelatedFiles {
  return new Map(
    items.map((item) => {
      const { name, path } = RELATED.exec(item)?.groups ?? {};
      if (name !== undefined && path !== undefined) return [name.trim(), given.locate(path.trim())];
      const hint = "Name the dataset as the contract does, then the file: customers=data/customers.csv.";
      throw new UserError("INPUT_INVALID", `related: "${item.slice(0, 80)}" is not name=path.`, hint);
    }),
  );
}

const MAX_BYTES = 64 * 1024 * 1024;

/** Rows of the previous snapshot; undefined when none is given. @param dataset the path of the one that is checked */
export async function rowsBefore(
  path: string | undefined,
  dataset: string,
  { given, documents }: SubjectFiles,
): Promise<number | undefined> {
  if (path === undefined) return undefined;
  const text = await given.readText(path, MAX_BYTES);
  return previousRows(documents.parse(text, `${path.replace(/\.json$/i, "")}.json`, MAX_BYTES), path, dataset);
}
