import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runInWorkflow } from "#bot/in-workflow";
import type { BotPorts, Key, Reconcile } from "#bot/work";
import { UserError } from "#core/errors";
import { temporaryFolder } from "#test/support/temporary-folder";
import { keptLog } from "./support/parts.ts";
import { withGitHub } from "./support/running-bot.ts";

async function job(payload: unknown, reconcile: Reconcile, eventName = "pull_request") {
  const eventPath = join(await temporaryFolder(), "event.json");
  await writeFile(eventPath, typeof payload === "string" ? payload : JSON.stringify(payload));
  const apiUrl = "http://127.0.0.1:9";
  return {
    token: "a-token-of-the-job",
    apiUrl,
    eventName,
    eventPath,
    repository: "ada/models",
    reconcile,
    log: keptLog(),
  };
}

const opened = {
  action: "opened",
  repository: { id: 5, name: "models", owner: { login: "ada" } },
  pull_request: { number: 7 },
};

function recording() {
  const seen: Array<{ key: Key; login: string; repository: BotPorts["host"]["repository"] }> = [];
  const reconcile: Reconcile = async (key, { login, host }) => {
    seen.push({ key, login, repository: host.repository });
    return [];
  };
  return { seen, reconcile };
}

test("works a workflow's event to its end under the job's own name", async () => {
  const { seen, reconcile } = recording();
  expect(await runInWorkflow(await job(opened, reconcile))).toEqual({ items: 1 });
  expect(seen).toEqual([
    {
      key: { kind: "pull-request", number: 7 },
      login: "github-actions[bot]",
      repository: { owner: "ada", name: "models" },
    },
  ]);
});

test("looks at the whole repository on a schedule", async () => {
  const { seen, reconcile } = recording();
  await runInWorkflow(await job({ schedule: "0 * * * *" }, reconcile, "schedule"));
  expect(seen.map(({ key }) => key)).toEqual([{ kind: "repository" }]);
});

test("does nothing for an event it does not listen to", async () => {
  const { seen, reconcile } = recording();
  expect(await runInWorkflow(await job({ ...opened, action: "labeled" }, reconcile))).toEqual({ items: 0 });
  expect(seen).toEqual([]);
});

test("throws what the reconciler threw", async () => {
  const error = new UserError("GITHUB_FORBIDDEN", "The token may not.", "Grant it.");
  const failing = await job(opened, async () => Promise.reject(error));
  await expect(runInWorkflow(failing)).rejects.toBe(error);
});

test("refuses an event file that is none", async () => {
  const { reconcile } = recording();
  await expect(runInWorkflow(await job("{", reconcile))).rejects.toMatchObject({ code: "EVENT_MALFORMED" });
});

test("reads GitHub with the job's token", async () => {
  const { sandbox, token } = await withGitHub();
  let readme: string | undefined;
  const reconcile: Reconcile = async (_, { host }) => {
    readme = await host.contents.read("README.md", "main");
    return [];
  };
  await runInWorkflow({ ...(await job(opened, reconcile)), token, apiUrl: sandbox.url });
  expect(readme).toBe("# Models\n");
});
