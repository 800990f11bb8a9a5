import { z } from "zod";
import { inferContract, type PropertyDraft } from "#core/data/infer-contract";
import { type ColumnSurvey, NO_SURVEY } from "#core/data/survey";
import { UserError } from "#core/errors";
import type { SurveyEngine } from "#core/ports/data-engine";
import type { Documents } from "#core/ports/documents";
import type { Files } from "#core/ports/files";
import type { GivenFiles } from "#core/ports/given-files";
import { code, plain, table } from "#core/report/markdown";
import { plural } from "#core/report/numbers";
import { defineAction } from "#kit/define-action";
import { path, text } from "#kit/input-types";
import { engineInputs, workingDirectoryInput } from "#kit/shared-inputs";

export interface ContractInferDeps {
  /** Where the contract is written. */
  readonly files: Files;
  readonly given: GivenFiles;
  readonly documents: Documents;
  readonly engine: SurveyEngine;
}

const inputs = {
  data: path().meta({ description: "Rows to learn the contract from." }),
  output: path().optional().meta({
    description:
      "Where to write the contract, by default contracts/<id>.odcs.yaml; a file that is there is left alone.",
  }),
  id: text().optional().meta({ description: "Name of the dataset; that of the file when left out." }),
  "working-directory": workingDirectoryInput(),
  ...engineInputs(),
};

const outputs = {
  contract: z.string().meta({ description: "Path of the contract." }),
  columns: z.number().meta({ description: "Number of columns it describes." }),
  personal: z.number().meta({ description: "Number of columns that seem to hold personal data." }),
};

export const contractInfer = defineAction({
  name: "contract-infer",
  title: "Infer a contract",
  description: "Writes a first data contract that the given rows keep, to be edited by a person.",
  icon: "edit-3",
  color: "blue",
  inputs,
  outputs,
  positional: ["data"],
  async run({ data, ...wanted }, { files, given, documents, engine }: ContractInferDeps) {
    const id = wanted.id ?? idOf(data);
    const output = wanted.output ?? `contracts/${id}.odcs.yaml`;
    if (await files.exists(output)) {
      const problem = `${output} is there already.`;
      throw new UserError("CONTRACT_EXISTS", problem, "Choose another place, then compare the two with contract-diff.");
    }
    const { columns, measurement } = await engine.survey(given.locate(data), NO_SURVEY);
    const contract = inferContract(columns.map(suspecting), { id, rows: measurement.rows });
    await files.write(output, documents.print(contract));
    const personal = columns.filter((column) => column.personal !== null);
    const counted = { contract: output, columns: columns.length, personal: personal.length };
    return { outputs: counted, summary: summaryOf(output, columns.length, personal), document: contract };
  },
});

/** The draft with what the column seems to hold, for a person to confirm or to strike out. */
function suspecting({ draft, personal }: ColumnSurvey): PropertyDraft {
  if (personal === null) return draft;
  const marks = Array.isArray(draft["customProperties"]) ? draft["customProperties"] : [];
  return { ...draft, customProperties: [...marks, { property: "suspectedPersonalData", value: personal.kind }] };
}

function summaryOf(output: string, columns: number, personal: readonly ColumnSurvey[]): string {
  const head = `Wrote ${code(output)}: ${plural(columns, "column")}. Read it, correct it, commit it.`;
  const rows = personal.map((column) => [code(column.profile.name), plain(column.personal?.kind ?? "")]);
  if (rows.length === 0) return head;
  return `${head}\n\n${table(["column", "seems to hold"], [":--", ":--"], rows)}`;
}

/** "data/Trips 2024.csv.gz" is trips-2024. */
function idOf(path: string): string {
  const name = path.split(/[\\/]/).findLast((part) => part !== "") ?? "";
  const id = name
    .replace(/\..*$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return id === "" ? "dataset" : id.slice(0, 60);
}
