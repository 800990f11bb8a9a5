import { z } from "zod";
import { type ContractChange, diffContracts, isBreaking } from "#core/data/diff-contracts";
import { readContract } from "#core/data/read-contract";
import type { Documents } from "#core/ports/documents";
import type { GivenFiles } from "#core/ports/given-files";
import { code, plain, table } from "#core/report/markdown";
import { defineAction } from "#kit/define-action";
import { path } from "#kit/input-types";
import { workingDirectoryInput } from "#kit/shared-inputs";

export interface ContractDiffDeps {
  readonly given: GivenFiles;
  readonly documents: Documents;
}

const inputs = {
  before: path().meta({ description: "The contract as it is." }),
  after: path().meta({ description: "The contract as it would be." }),
  "working-directory": workingDirectoryInput(),
};

const outputs = {
  verdict: z.enum(["pass", "fail"]).meta({ description: "fail when a change breaks the consumer or the producer." }),
  changes: z.number().meta({ description: "Number of changes of any kind." }),
};

export const contractDiff = defineAction({
  name: "contract-diff",
  title: "Compare contracts",
  description:
    "Classifies each change between two contracts as breaking, risky or safe, for the model and for the producer.",
  icon: "git-pull-request",
  color: "blue",
  inputs,
  outputs,
  positional: ["before", "after"],
  async run({ before, after }, { given, documents }: ContractDiffDeps, { log }) {
    const read = async (place: string) => readContract(await given.readText(place), documents, place);
    const changes = diffContracts(await read(before), await read(after));
    for (const change of changes) log[isBreaking(change) ? "warning" : "info"](describe(change), { file: after });
    const verdict = changes.some(isBreaking) ? "fail" : "pass";
    const counted = { verdict, changes: changes.length } as const;
    return { verdict, outputs: counted, summary: summaryOf(changes), document: { verdict, changes } };
  },
});

function describe({ column, change, consumer, producer }: ContractChange): string {
  return `${column}: ${change}; ${consumer} for the model, ${producer} for the producer`;
}

function summaryOf(changes: readonly ContractChange[]): string {
  if (changes.length === 0) return "The contracts promise the same.";
  const rows = changes.map(({ column, change, consumer, producer }) => [
    code(column),
    plain(change),
    consumer,
    producer,
  ]);
  return table(["column", "change", "for the model", "for the producer"], [":--", ":--", ":--", ":--"], rows);
}
