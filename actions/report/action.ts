import { z } from "zod";
import { modelOf, readConfig } from "#core/config/read-config";
import { gateOf } from "#core/config/tidemark-config";
import { UserError } from "#core/errors";
import { judge } from "#core/judge/judge";
import { readEvidence } from "#core/judge/read-evidence";
import { artifactName } from "#core/model/artifact-names";
import { EVIDENCE_FILE, REPORT_FILE, REPORT_PAGE } from "#core/model/layout";
import type { ArtifactUploader } from "#core/ports/artifacts";
import type { Comments } from "#core/ports/code-host";
import type { Documents } from "#core/ports/documents";
import type { Files } from "#core/ports/files";
import { REPORT_MARKER } from "#core/report/comment-state";
import { type ModelReport, modelReport } from "#core/report/model-report";
import { reportComment } from "#core/report/report-comment";
import { reportPage } from "#core/report/report-page";
import { defineAction } from "#kit/define-action";
import { path } from "#kit/input-types";
import {
  apiUrlInput,
  configInput,
  githubTokenInput,
  modelInput,
  pullRequestInput,
  repositoryInput,
  workingDirectoryInput,
} from "#kit/shared-inputs";

export interface ReportDeps {
  readonly files: Files;
  readonly documents: Documents;
  readonly uploader: ArtifactUploader | undefined;
  /** Opened only when the report is to be a comment. */
  readonly comments: () => Comments;
  readonly runUrl: string | undefined;
}

const inputs = {
  model: modelInput(),
  folder: path()
    .prefault(".tidemark/report")
    .meta({ description: "Folder with the evidence; the report is written beside it." }),
  "pull-request": pullRequestInput(),
  config: configInput(),
  "working-directory": workingDirectoryInput(),
  "github-token": githubTokenInput().optional(),
  repository: repositoryInput().optional(),
  "api-url": apiUrlInput(),
};

const outputs = {
  markdown: z.string().meta({ description: "Path of the report as Markdown." }),
  page: z.string().meta({ description: "Path of the report as one HTML file." }),
  artifact: z.string().meta({ description: "Name of the uploaded artifact; empty outside a job." }),
};

export const report = defineAction({
  name: "report",
  title: "Report",
  description:
    "Writes the model report: job summary, Markdown, one HTML file and, if asked, the pull request's comment.",
  icon: "file-text",
  color: "blue",
  inputs,
  outputs,
  async run(given, deps: ReportDeps, { log }) {
    const { files, documents } = deps;
    const config = readConfig(await files.readText(given.config), documents, given.config);
    const evidence = await readEvidence(deps, `${given.folder}/${EVIDENCE_FILE}`);
    if (evidence.model !== given.model) {
      throw new UserError(
        "EVIDENCE_MISMATCH",
        `The evidence in ${given.folder} speaks of ${evidence.model}, not of ${given.model}.`,
        "Run compare-metrics for this model, or name the folder it wrote to.",
      );
    }
    const judgement = judge(evidence, gateOf(modelOf(config, given.model)));
    const subject = { evidence, judgement, runUrl: deps.runUrl };
    const markdown = `${given.folder}/${REPORT_FILE}`;
    const page = `${given.folder}/${REPORT_PAGE}`;
    await files.write(markdown, `${modelReport(subject)}\n`);
    await files.write(page, reportPage(subject));
    const artifact = await upload(deps, given.folder, evidence.model);
    if (given["pull-request"] !== undefined) {
      const change = await comment(deps, given["pull-request"], subject);
      log.info(`Comment on #${given["pull-request"]}: ${change}`);
    }
    return {
      outputs: { markdown, page, artifact },
      summary: modelReport(subject),
      document: { verdict: judgement.verdict, markdown, page },
    };
  },
});

async function upload({ files, uploader }: ReportDeps, folder: string, model: string): Promise<string> {
  if (uploader === undefined) return "";
  const paths = [EVIDENCE_FILE, REPORT_FILE, REPORT_PAGE].map((file) => files.locate(`${folder}/${file}`));
  await uploader.upload(artifactName.report(model), paths, files.locate(folder));
  return artifactName.report(model);
}

/** Without the bot the action keeps the one comment itself. */
async function comment({ comments }: ReportDeps, number: number, subject: ModelReport): Promise<string> {
  const host = comments();
  const previous = await host.find(number, REPORT_MARKER);
  const headSha = subject.evidence.run?.headSha ?? subject.evidence.candidate.lineage.commit ?? "0000000";
  const body = reportComment({ kind: "judged", headSha, reports: [subject] }, previous?.body ?? "");
  return (await host.upsert(number, REPORT_MARKER, body)).change;
}
