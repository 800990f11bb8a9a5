import { yamlDocuments } from "#adapters/yaml/documents";
import { modelOf, readConfig } from "#core/config/read-config";
import { gateOf } from "#core/config/tidemark-config";
import { Evidence } from "#core/judge/evidence";
import { judge } from "#core/judge/judge";
import { reportComment } from "#core/report/report-comment";
import { read } from "./documents.ts";

/**
 * The comment on the example's challenger, as a quotation for the README: from evidence that the actions really made
 * (both trainings of examples/birdstrikes, the first promoted), without the two lines that only the bot reads.
 */
export function quotedComment(): string {
  const evidence = Evidence.parse(JSON.parse(read("test/docs/fixtures/challenger-evidence.json")));
  const config = readConfig(read("examples/birdstrikes/.github/tidemark.yml"), yamlDocuments());
  const judgement = judge(evidence, gateOf(modelOf(config, evidence.model)));
  const headSha = evidence.run?.headSha ?? "";
  const comment = reportComment({ kind: "judged", headSha, reports: [{ evidence, judgement, runUrl: undefined }] }, "");
  const lines = comment.split("\n").filter((line) => !line.startsWith("<!--"));
  return lines
    .join("\n")
    .trim()
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
}
