/** Plays the main job on this machine: `npm run demo`, or `npm run demo -- --keep` to leave the servers up. */
import { execFileSync } from "node:child_process";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { stopLocalTarget } from "#adapters/local/stop";
import { REPORT_MARKER } from "#core/report/comment-state";
import { formatReport } from "#sandbox/contract/gate";
import { board } from "./demo/board.ts";
import { costs } from "./demo/costs.ts";
import { type Narrator, narrator } from "./demo/narrator.ts";
import { botComments, pullUrl } from "./demo/observe.ts";
import { openStage, type Stage } from "./demo/stage.ts";
import { type Ending, play } from "./demo/story.ts";
import { type Workflows, watchWorkflows } from "./demo/workflows.ts";

const { values: options } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
const root = join(import.meta.dirname, "..");
// Two demos in one folder would end each other.
const folder = resolve(root, process.env["TIDEMARK_DEMO_FOLDER"] ?? ".tidemark/demo");
const tell = narrator((line) => console.log(line));

await tell.step("Bundling the actions (once; skipped while nothing changed)", async () => {
  execFileSync(process.execPath, [join(root, "scripts/bundle.ts")], { stdio: ["ignore", "ignore", "inherit"] });
});
const stage = await tell.step("A GitHub for this machine, real git below it, and the bot", () =>
  openStage(root, folder),
);
const workflows = watchWorkflows(stage);
try {
  const ending = await play(stage, tell);
  await conclude(stage, tell, ending);
  if (options.keep) await keepUp(stage, ending);
} catch (error) {
  console.error(`\nThe demo broke: ${error instanceof Error ? error.message : error}`);
  console.error(brokenSteps(workflows));
  console.error(`The bot's log: ${join(folder, "bot", "bot.log")}`);
  process.exitCode = 1;
} finally {
  workflows.stop();
  await workflows.settled();
  await stopLocalTarget(stage.serving.folder);
  await stage.close();
}

/** The final comment, the board, where to look and what it cost. */
async function conclude(on: Stage, say: Narrator, ending: Ending): Promise<void> {
  await workflows.settled();
  await on.sandbox.idle();
  const [comment] = await botComments(on, ending.challenger, REPORT_MARKER);
  const reports = await keepReports();
  console.log(`\nThe bot's comment on #${ending.challenger}:\n\n${comment?.body ?? ""}`);
  console.log(`\nThe board:\n\n${(await board(on)).join("\n")}`);
  console.log(`\nWhat it cost in GitHub API calls:\n\n${costs(on).join("\n")}`);
  const contract = on.gate.report();
  console.log(`\nGitHub's own API documents: ${formatReport(contract)}`);
  if (contract.breaches.length > 0) process.exitCode = 1;
  say.say("");
  console.log(`Open ${relative(process.cwd(), join(reports, "report.html"))} for the challenger's report.`);
}

/** Copies the newest report that passed to where a person looks first. */
async function keepReports(): Promise<string> {
  const reports = join(folder, "report");
  await mkdir(reports, { recursive: true });
  const judged = workflows.ended
    .filter(({ workflow, steps }) => workflow === "model-ci" && steps.at(-1)?.name === "report")
    .at(-1);
  if (judged === undefined) return reports;
  for (const file of ["report.html", "report.md", "evidence.json"]) {
    await copyFile(join(judged.workspace, ".tidemark/report", file), join(reports, file));
  }
  await writeFile(join(reports, "job-summary.md"), judged.steps.map(({ summary }) => summary).join("\n"));
  return reports;
}

/** Leaves everything up until a person has seen enough. */
async function keepUp(on: Stage, ending: Ending): Promise<void> {
  console.log(`
Look at
  ${on.sandbox.url}/                     the repository
  ${pullUrl(on, ending.challenger)}      the challenger's pull request and its comment
  ${pullUrl(on, ending.promotion)}       the promotion
  http://127.0.0.1:${on.serving.port}/v2/models/bird-damage   what serves
Ctrl-C ends it all.`);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

function brokenSteps({ ended, failures }: Workflows): string {
  const steps = ended.flatMap((job) =>
    job.steps
      .filter(({ exitCode }) => exitCode !== 0)
      .map((step) => `${job.workflow}: ${step.name} ended with ${step.exitCode}\n${step.log}`),
  );
  return [...steps, ...failures.map(String)].join("\n");
}
