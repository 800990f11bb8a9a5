import type { Repository } from "../../model/repository.ts";
import type { Run } from "../../model/workflow.ts";
import { maskSecrets } from "../mask.ts";
import type { JobView, RunLine, RunView } from "../view.ts";
import { personView, repositoryName } from "./names-view.ts";

export function runLine({ id, workflow, event, headBranch, createdAt, status, conclusion }: Run): RunLine {
  const outcome = { status, conclusion: conclusion ?? undefined };
  return { id, workflow: workflow.name, event, branch: headBranch, at: createdAt, ...outcome };
}

/** A run of the sandbox has one job, named as its workflow. */
function jobView({ id, workflow, status, conclusion, steps }: Run): JobView {
  const logs = maskSecrets(steps.map(({ log }) => log));
  return {
    id,
    name: workflow.name,
    status,
    conclusion: conclusion ?? undefined,
    steps: steps.map(({ name, outcome, seconds }, index) => ({
      number: index + 1,
      name,
      status: "completed",
      conclusion: outcome,
      seconds: Number(seconds.toFixed(1)),
      log: logs[index] ?? "",
    })),
    summary: steps.map(({ summary }) => summary.trim()).join("\n\n"),
  };
}

export function runView(repository: Repository, run: Run): RunView {
  const artifacts = [...repository.artifacts.values()].filter(({ runId, finalized }) => runId === run.id && finalized);
  return {
    ...runLine(run),
    repository: repositoryName(repository),
    number: run.number,
    sha: run.headSha,
    actor: personView(run.actor),
    jobs: [jobView(run)],
    artifacts: artifacts.map(({ name, sizeBytes }) => ({ name, sizeBytes })),
  };
}
