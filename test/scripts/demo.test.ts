import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { eventNames } from "#bot/events/handlers";
import { startSandbox } from "#sandbox/sandbox";
import { temporaryFolder } from "#test/support/temporary-folder";
import { appRights } from "../../scripts/demo/stage.ts";

const root = join(import.meta.dirname, "../..");

test("the demo's app may do and is told what the bot's manifest asks for, no more and no less", async () => {
  const manifest = parse(await readFile(join(root, "bot/app.yml"), "utf8"));
  const { permissions, events } = await appRights(root);
  expect(permissions).toEqual(manifest.default_permissions);
  expect(events).toEqual(manifest.default_events);
  // What an app hears without asking is in no manifest.
  const unasked = new Set(["installation", "installation_repositories"]);
  expect([...events].sort()).toEqual([...eventNames].filter((name) => !unasked.has(name)).sort());
});

test("the sandbox gives an app these rights", async () => {
  const sandbox = await startSandbox({ directory: await temporaryFolder() });
  const rights = await appRights(root);
  const webhook = { url: "http://127.0.0.1:9/", secret: "a long webhook secret" };
  const { id } = sandbox.createApp({ slug: "tidemark", ...rights, webhook });
  expect(sandbox.state.apps.get(id)).toMatchObject({ permissions: rights.permissions });
  expect([...(sandbox.state.apps.get(id)?.events ?? [])].sort()).toEqual([...rights.events].sort());
  await sandbox.close();
});
