import { z } from "zod";
import { environmentOf, modelOf, readConfig } from "#core/config/read-config";
import { gateOf } from "#core/config/tidemark-config";
import { type Evidence, evidenceDigest } from "#core/judge/evidence";
import { type EvidencePorts, gatherEvidence } from "#core/judge/gather-evidence";
import { judge } from "#core/judge/judge";
import { EVIDENCE_FILE } from "#core/model/layout";
import type { OpenStore } from "#core/ports/open-store";
import { modelReport } from "#core/report/model-report";
import { defineAction } from "#kit/define-action";
import { path, text } from "#kit/input-types";
import {
  apiUrlInput,
  configInput,
  engineInputs,
  githubTokenInput,
  modelInput,
  repositoryInput,
  workingDirectoryInput,
} from "#kit/shared-inputs";

export interface CompareMetricsDeps extends Omit<EvidencePorts, "store"> {
  readonly openStore: OpenStore;
  /** The job this runs in; null outside one. */
  readonly job: Evidence["run"];
  readonly tool: string;
}

const inputs = {
  model: modelInput(),
  candidate: path().prefault(".tidemark/candidate").meta({ description: "Folder of the candidate that train left." }),
  baseline: path().optional().meta({ description: "Folder of a candidate to compare with, instead of what serves." }),
  environment: text()
    .optional()
    .meta({ description: "Environment whose version is the baseline; the model's last one when left out." }),
  output: path().prefault(".tidemark/report").meta({ description: "Folder for the evidence." }),
  config: configInput(),
  "working-directory": workingDirectoryInput(),
  "github-token": githubTokenInput().optional(),
  repository: repositoryInput().optional(),
  "api-url": apiUrlInput(),
  ...engineInputs(),
};

const outputs = {
  verdict: z
    .enum(["pass", "fail", "inconclusive"])
    .meta({ description: "What the gate says; only pass may be promoted." }),
  evidence: z.string().meta({ description: "Path of the evidence as JSON." }),
  digest: z.string().meta({ description: "Digest of the evidence." }),
  baseline: z.string().meta({ description: "Digest of the version compared with; empty for the first model." }),
};

export const compareMetrics = defineAction({
  name: "compare-metrics",
  title: "Compare metrics",
  description: "Compares a candidate with the version that serves, on the same rows, and judges the difference.",
  icon: "bar-chart-2",
  color: "blue",
  inputs,
  outputs,
  async run(given, deps: CompareMetricsDeps, { log }) {
    const config = readConfig(await deps.files.readText(given.config), deps.documents, given.config);
    const model = modelOf(config, given.model);
    const environment = environmentOf(model, given.environment ?? model.environments.at(-1)?.name ?? "production").name;
    const evidence = await gatherEvidence(
      { ...deps, store: () => deps.openStore(config.store) },
      {
        key: { model: given.model, environment },
        model,
        candidate: given.candidate,
        explicit: given.baseline,
        scratch: given.output,
        run: deps.job,
        tool: deps.tool,
      },
    );
    const judgement = judge(evidence, gateOf(model));
    for (const { rule, outcome, reason } of judgement.outcomes)
      log.info(`${rule.metric} ${rule.kind} ${rule.threshold}: ${outcome}, ${reason}`);
    const file = `${given.output}/${EVIDENCE_FILE}`;
    await deps.files.write(file, `${JSON.stringify(evidence, null, 2)}\n`);
    const { verdict } = judgement;
    return {
      verdict,
      outputs: { verdict, evidence: file, digest: evidenceDigest(evidence), baseline: evidence.baseline?.digest ?? "" },
      summary: modelReport({ evidence, judgement, runUrl: undefined }),
      document: { verdict, outcomes: judgement.outcomes, evidence },
    };
  },
});
