import { expect } from "vitest";
import type { CodeHost } from "#core/ports/code-host";
import { type BotScene, stateOf } from "./scene.ts";

const WRITES: ReadonlySet<string> = new Set([
  "create",
  "commitFile",
  "remove",
  "openOnce",
  "update",
  "merge",
  "upsert",
  "reply",
  "react",
  "createOnce",
  "setStatus",
]);

export class Killed extends Error {}

export interface Mortal {
  readonly host: CodeHost;
  readonly isDead: () => boolean;
}

/** A host whose user dies at the k-th write: before it takes effect, or after it and before the answer. */
export function mortal(host: CodeHost, k: number, moment: "before" | "after"): Mortal {
  let writes = 0;
  const dying =
    (work: (...given: unknown[]) => Promise<unknown>) =>
    async (...given: unknown[]): Promise<unknown> => {
      if (writes >= k) throw new Killed();
      writes += 1;
      if (writes < k) return work(...given);
      if (moment === "after") await work(...given);
      throw new Killed();
    };
  const wrapped = Object.entries(host).map(([name, port]) => [
    name,
    typeof port === "object" ? part(port, dying) : port,
  ]);
  return { host: Object.fromEntries(wrapped) as CodeHost, isDead: () => writes >= k };
}

type Method = (...given: unknown[]) => Promise<unknown>;

function part(port: object, dying: (work: Method) => Method): object {
  return Object.fromEntries(
    Object.entries(port).map(([name, work]) => [name, WRITES.has(name) ? dying(work as Method) : work]),
  );
}

interface Story {
  /** What of the end counts; all of it when left out. */
  readonly view?: (scene: BotScene) => unknown;
  readonly build: () => Promise<BotScene>;
  readonly work: (scene: BotScene, host: CodeHost) => Promise<unknown>;
}

/** Kills the work at every write in turn, runs it again and compares the end. @returns how many crashes there were */
export async function surviveEveryCrash({ build, work, view = stateOf }: Story): Promise<number> {
  const calm = await build();
  await work(calm, calm.host);
  const wanted = view(calm);
  let crashes = 0;
  for (const moment of ["before", "after"] as const) {
    for (let k = 1; await crashAt(k, moment); k++) crashes += 1;
  }
  return crashes;

  async function crashAt(k: number, moment: "before" | "after"): Promise<boolean> {
    const scene = await build();
    const { host, isDead } = mortal(scene.host, k, moment);
    await work(scene, host).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    if (!isDead()) return false;
    await work(scene, scene.host);
    expect(view(scene), `killed ${moment} write ${k}`).toEqual(wanted);
    return true;
  }
}
