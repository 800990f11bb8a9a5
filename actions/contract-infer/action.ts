import { z } from "zod";
import { inferContract } from "#core/data/infer-contract";
import { UserError } from "#core/errors";
import type { ColumnEngine } from "#core/ports/data-engine";
import type { Documents } from "#core/ports/documents";
import type { Files } from "#core/ports/files";
import { defineAction } from "#kit/define-action";
import { path, text } from "#kit/input-types";
import { workingDirectoryInput } from "#kit/shared-inputs";

export interface ContractInferDeps {
  readonly files: Files;
  readonly documents: Documents;
  readonly engine: ColumnEngine;
}

const inputs = {
  data: path().meta({ description: "Rows to learn the contract from." }),
  output: path().meta({ description: "Where to write the contract; a file that is there is left alone." }),
  id: text().prefault("dataset").meta({ description: "Name of the dataset." }),
  "working-directory": workingDirectoryInput(),
};

const outputs = {
  contract: z.string().meta({ description: "Path of the contract." }),
  columns: z.number().meta({ description: "Number of columns it describes." }),
};

export const contractInfer = defineAction({
  name: "contract-infer",
  title: "Infer a contract",
  description: "Writes a first data contract that the given rows keep, to be edited by a person.",
  icon: "edit-3",
  color: "blue",
  inputs,
  outputs,
  async run(given, { files, documents, engine }: ContractInferDeps) {
    if (await files.exists(given.output)) {
      const problem = `${given.output} is there already.`;
      throw new UserError("CONTRACT_EXISTS", problem, "Choose another place, then compare the two with contract-diff.");
    }
    const columns = await engine.columns(files.locate(given.data), undefined);
    const contract = inferContract(columns, { id: given.id, rows: rowsOf(columns) });
    await files.write(given.output, documents.print(contract));
    return { outputs: { contract: given.output, columns: columns.length }, document: contract };
  },
});

/** All columns of a table have as many rows. */
function rowsOf([column]: Awaited<ReturnType<ColumnEngine["columns"]>>): number {
  if (column === undefined) return 0;
  if (column.kind === "numeric") return column.values.length;
  return [...column.counts.values()].reduce((sum, count) => sum + count, column.missing);
}
