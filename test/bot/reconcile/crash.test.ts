import { expect, test } from "vitest";
import type { CodeHost } from "#core/ports/code-host";
import { environmentEntry, modelEntry } from "#test/support/builders/config";
import { MODEL } from "#test/support/builders/model";
import { KEY, releaseRecord } from "#test/support/builders/release-record";
import { surviveEveryCrash } from "./support/crash.ts";
import {
  approve,
  type BotScene,
  botScene,
  merge,
  onlyOpen,
  says,
  served,
  settle,
  stateOf,
  trained,
} from "./support/scene.ts";

const newest = (numbers: Iterable<number>): number => Math.max(...numbers);

/** Asks on the newest pull request, once; the bot's run is the work that dies. */
const answering = async (scene: BotScene, host: CodeHost) => {
  const commentId = newest(
    [...scene.world.comments.values()].filter(({ author }) => author === "ada").map(({ id }) => id),
  );
  const number = scene.world.comments.get(commentId)?.issue ?? 0;
  // What follows from an answer is looked at by the next sweep when the answer was the last thing done.
  await settle(scene, { kind: "comment", number, commentId }, host);
  await settle(scene, { kind: "repository" }, host);
};

async function promotable(): Promise<BotScene> {
  const scene = botScene();
  await served(scene, releaseRecord());
  const { number } = trained(scene);
  await merge(scene, number);
  return scene;
}

test("a report ends the same wherever its run dies", async () => {
  const crashes = await surviveEveryCrash({
    build: async () => {
      const scene = botScene();
      await served(scene, releaseRecord());
      trained(scene);
      return scene;
    },
    work: (scene, host) =>
      settle(scene, { kind: "pull-request", number: newest(scene.world.pullRequests.keys()) }, host),
  });
  expect(crashes).toBe(4);
});

test("a promotion ends the same wherever its run dies", async () => {
  const crashes = await surviveEveryCrash({
    build: async () => {
      const scene = await promotable();
      const { number } = [...scene.world.pullRequests.values()].at(-1) ?? { number: 0 };
      await says(scene, number, "/model promote", "grace");
      await approve(scene, (await onlyOpen(scene, "promote")).number);
      return scene;
    },
    work: async (scene, host) =>
      settle(scene, { kind: "pull-request", number: (await onlyOpen(scene, "promote")).number }, host),
  });
  expect(crashes).toBeGreaterThanOrEqual(4);
});

test("a release has one deployment wherever its run dies", async () => {
  const crashes = await surviveEveryCrash({
    build: async () => {
      const scene = await promotable();
      const { number } = [...scene.world.pullRequests.values()].at(-1) ?? { number: 0 };
      await says(scene, number, "/model promote", "grace");
      const { number: promotion } = await onlyOpen(scene, "promote");
      await approve(scene, promotion);
      await merge(scene, promotion);
      return scene;
    },
    work: (scene, host) => settle(scene, { kind: "release", ...KEY }, host),
  });
  expect(crashes).toBeGreaterThanOrEqual(4);
});

test("a promote command ends the same wherever its run dies", async () => {
  const crashes = await surviveEveryCrash({
    build: async () => {
      const scene = await promotable();
      const { number } = [...scene.world.pullRequests.values()].at(-1) ?? { number: 0 };
      scene.world.comment(number, "ada", "/model promote");
      return scene;
    },
    work: answering,
  });
  expect(crashes).toBeGreaterThanOrEqual(10);
});

test.each([
  ["waits for a review", false],
  ["merges itself", true],
])("a rollback command that %s ends the same wherever its run dies", async (_, itself) => {
  const environments = [environmentEntry({ "rollback-merges-itself": itself })];
  const crashes = await surviveEveryCrash({
    build: async () => {
      const scene = botScene({ [MODEL]: modelEntry({ environments }) });
      await served(scene, releaseRecord({ serving: "veteran", generation: 2 }));
      await served(scene, releaseRecord());
      const { number } = trained(scene);
      scene.world.comment(number, "ada", "/model rollback");
      return scene;
    },
    work: answering,
    // Asked again after the merge, the bot can only say that it is done; a later deployment has a later number.
    view: (scene) => {
      const text = JSON.stringify(stateOf(scene)).replace(/(tidemark:answer \d+ -->)[^"]*/, "$1");
      return JSON.parse(text.replace(/deployment `\d+`/g, "deployment"));
    },
  });
  expect(crashes).toBeGreaterThanOrEqual(10);
});
