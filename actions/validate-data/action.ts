import { z } from "zod";
import { modelOf, readConfig } from "#core/config/read-config";
import type { Contract } from "#core/data/contract";
import { readContract } from "#core/data/read-contract";
import { requirementsOf } from "#core/data/requirement";
import { validate } from "#core/data/validate";
import { type ValidationReport, validationPath } from "#core/data/validation-report";
import { UserError } from "#core/errors";
import type { DataEngine } from "#core/ports/data-engine";
import type { Documents } from "#core/ports/documents";
import type { Files } from "#core/ports/files";
import { validationSummary } from "#core/report/validation-summary";
import { defineAction } from "#kit/define-action";
import { list, path, text } from "#kit/input-types";
import { configInput, workingDirectoryInput } from "#kit/shared-inputs";

export interface ValidateDataDeps {
  readonly files: Files;
  readonly documents: Documents;
  readonly engine: DataEngine;
}

const inputs = {
  model: text().optional().meta({ description: "Name of the model whose data is checked; or give data and contract." }),
  data: list().prefault("").meta({ description: "Files to check instead of the model's training rows and holdout." }),
  contract: path().optional().meta({ description: "Data contract (ODCS v3.1) instead of the model's." }),
  config: configInput(),
  "working-directory": workingDirectoryInput(),
};

const outputs = {
  verdict: z.enum(["pass", "fail"]).meta({ description: "pass when no finding is an error." }),
  findings: z.number().meta({ description: "Number of findings of any severity." }),
  report: z.string().meta({ description: "Path of the findings as JSON." }),
};

export const validateData = defineAction({
  name: "validate-data",
  title: "Validate data",
  description: "Checks every row of a model's data against its contract.",
  icon: "check-square",
  color: "blue",
  inputs,
  outputs,
  async run(given, deps: ValidateDataDeps, { log }) {
    const subject = await subjectOf(given, deps);
    const checked = [];
    for (const dataset of subject.data) {
      checked.push(await log.group(`Checking ${dataset}`, () => checkDataset(deps, subject.contract, dataset)));
    }
    const findings = checked.flatMap((entry) => entry.findings);
    for (const { severity, sentence, nextStep } of findings) {
      log[severity === "error" ? "error" : "warning"](`${sentence} ${nextStep}`, { file: subject.contractPath });
    }
    const verdict = findings.some(({ severity }) => severity === "error") ? "fail" : "pass";
    const datasets = checked.map(({ dataset }) => dataset);
    const document: ValidationReport = { ...HEAD, model: given.model ?? null, verdict, datasets, findings };
    const report = validationPath(given.model ?? "data");
    await deps.files.write(report, `${JSON.stringify(document, null, 2)}\n`);
    const result = { verdict, findings: findings.length, report } as const;
    return { verdict, outputs: result, summary: validationSummary(document), document };
  },
});

async function checkDataset({ engine, files }: ValidateDataDeps, contract: Contract, path: string) {
  const checks = requirementsOf(contract).map(({ check }) => check);
  const measured = await engine.measure(files.locate(path), checks);
  const { digest, rows, bytes } = measured;
  const findings = validate(contract, measured).map((found) => ({ ...found, sentence: `${path}: ${found.sentence}` }));
  return { dataset: { path, digest, rows, bytes }, findings };
}

const HEAD = { format: "tidemark/validation", version: 1 } as const;

interface Subject {
  readonly contract: Contract;
  readonly contractPath: string;
  readonly data: readonly string[];
}

interface Given {
  readonly model?: string | undefined;
  readonly data: readonly string[];
  readonly contract?: string | undefined;
  readonly config: string;
}

/** Which files are checked against which contract: what the inputs name, else what the model's configuration names. */
async function subjectOf(given: Given, { files, documents }: ValidateDataDeps): Promise<Subject> {
  const configured =
    given.model === undefined ? undefined : await configuredSubject(given, given.model, { files, documents });
  const contractPath = given.contract ?? configured?.contractPath;
  const data = given.data.length > 0 ? given.data : (configured?.data ?? []);
  if (contractPath === undefined) throw missing("contract", "no contract is given and the model names none");
  if (data.length === 0) throw missing("data", "no data is given and no model names any");
  return { contract: readContract(await files.readText(contractPath), documents, contractPath), contractPath, data };
}

async function configuredSubject(
  given: Given,
  name: string,
  { files, documents }: Pick<ValidateDataDeps, "files" | "documents">,
) {
  const model = modelOf(readConfig(await files.readText(given.config), documents, given.config), name);
  const at = (path: string) => (model.path === "." ? path : `${model.path}/${path}`);
  return {
    contractPath: model.contract === undefined ? undefined : at(model.contract),
    data: [at(model.data.train), at(model.data.holdout)],
  };
}

function missing(input: string, problem: string): UserError {
  return new UserError(
    "INPUT_MISSING",
    `Nothing to check: ${problem}.`,
    `Give the input "${input}", or a model that has one.`,
  );
}
