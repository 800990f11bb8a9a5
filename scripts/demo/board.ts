import { gitHubHost } from "#adapters/github/code-host";
import { yamlDocuments } from "#adapters/yaml/documents";
import { modelDeployments } from "#core/deployment/history";
import { shortDigest } from "#core/digest";
import { readRecord } from "#core/registry/read-record";
import { recordPath } from "#core/registry/release-record";
import { servedDigest } from "./observe.ts";
import { OWNER, PEOPLE, REPOSITORY, type Stage } from "./stage.ts";
import { ENVIRONMENT, MODEL } from "./workflows.ts";

/** Model by environment: what the record names, what serves, and whether new candidates are taken. */
export async function board(stage: Stage): Promise<readonly string[]> {
  const host = gitHubHost({ octokit: stage.as("owner"), owner: OWNER, name: REPOSITORY, login: PEOPLE.owner });
  const key = { model: MODEL, environment: ENVIRONMENT };
  const text = (await host.contents.read(recordPath.format(key), "main")) ?? "";
  const record = readRecord(text, yamlDocuments(), key);
  const [newest] = modelDeployments(await host.deployments.list(ENVIRONMENT, 10), key);
  const served = await servedDigest(stage);
  const agree = served === record.serving.digest ? "as recorded" : "NOT as recorded";
  return [
    row(["model", "environment", "generation", "record", "serves", "deployment", "hold"]),
    row([
      MODEL,
      ENVIRONMENT,
      String(record.generation),
      shortDigest(record.serving.digest),
      agree,
      newest?.state ?? "none",
      record.hold === undefined ? "no" : `by ${record.hold.by}`,
    ]),
  ];
}

const WIDTHS = [13, 13, 12, 14, 13, 12, 12];

function row(cells: readonly string[]): string {
  return cells.map((cell, at) => cell.padEnd(WIDTHS[at] ?? 12)).join("");
}
