import type { DeployTarget, Release, Serving } from "#core/ports/deploy-target";
import { freePort } from "./free-port.ts";
import { copyRelease, modelFolder } from "./model-folder.ts";
import { probe, untilHealthy } from "./probe.ts";
import { isRunning, type ServerProcess, startServer, stopServer } from "./server-process.ts";
import { type LocalState, readState, writeState } from "./state.ts";
import { lastLogLines, unhealthy } from "./unhealthy.ts";

export interface LocalTarget {
  /** A line for the shell that starts a server of the Open Inference Protocol from its environment. */
  readonly command: string;
  /** Where the command runs; this process's own folder when left out. */
  readonly folder?: string;
  readonly stateFolder: string;
  readonly port: number;
  readonly host?: string;
  readonly readyTimeoutSeconds: number;
}

/**
 * Serves on this machine. The command finds TIDEMARK_MODEL_DIR, TIDEMARK_MODEL_NAME, HOST and PORT in its environment
 * and must answer /v2/health/ready and /v2/models/{name} with properties["model.digest"], which it computes itself.
 */
export function localTarget(options: LocalTarget): DeployTarget {
  const target = { host: "127.0.0.1", folder: ".", ...options };
  return {
    description: `http://${target.host}:${target.port}, started by: ${target.command}`,
    read: (model) => read(target, model),
    apply: (release) => apply(target, release),
  };
}

type Target = Required<LocalTarget>;

const fixedPlace = ({ host, port }: Target) => ({ host, port });

async function read(target: Target, model: string): Promise<Serving | undefined> {
  const found = await probe(fixedPlace(target), model);
  return found && { ...found, endpoint: `http://${target.host}:${target.port}/v2/models/${model}` };
}

async function apply(target: Target, release: Release): Promise<void> {
  const { stateFolder } = target;
  const state = await readState(stateFolder, release.model);
  if (await servesAlready(target, state, release)) return;
  if (state.rehearsal !== undefined) await stopServer(state.rehearsal);
  const folder = await copyRelease(stateFolder, release);
  await rehearse(target, state, { ...release, folder });
  await replace(target, state, { ...release, folder });
}

async function servesAlready(target: Target, { serving }: LocalState, { model, digest }: Release): Promise<boolean> {
  if (serving === undefined || !(await isRunning(serving))) return false;
  const found = await probe(fixedPlace(target), model);
  return found?.ready === true && found.digest === digest;
}

/** Starts the release beside what serves, on a free port, and proves that it works before anything is stopped. */
async function rehearse(target: Target, { serving }: LocalState, release: Release): Promise<void> {
  const { stateFolder, host } = target;
  const { model } = release;
  const port = await freePort(host);
  const rehearsal = await startServer({ ...target, port }, release);
  await writeState(stateFolder, model, { serving, rehearsal });
  const problem = await untilHealthy({ host, port, process: rehearsal }, release, target.readyTimeoutSeconds);
  await stopServer(rehearsal);
  await writeState(stateFolder, model, { serving });
  if (problem !== undefined)
    throw unhealthy({ release, problem, lines: await lastLogLines(rehearsal), after: "unchanged" });
}

async function replace(target: Target, { serving: before }: LocalState, release: Release): Promise<void> {
  if (before !== undefined) await stopServer(before);
  const { problem, server } = await startForGood(target, release);
  if (problem === undefined) return;
  await stopServer(server);
  const lines = await lastLogLines(server);
  const after = before === undefined ? "nothing-serves" : await putBack(target, release.model, before);
  throw unhealthy({ release, problem, lines, after });
}

async function startForGood(target: Target, release: Release) {
  const { stateFolder, host, port } = target;
  const server = await startServer(target, release);
  await writeState(stateFolder, release.model, { serving: server });
  const problem = await untilHealthy({ host, port, process: server }, release, target.readyTimeoutSeconds);
  return { problem, server };
}

async function putBack(target: Target, model: string, before: ServerProcess): Promise<"put-back" | "nothing-serves"> {
  const { digest } = before;
  const release = { model, digest, folder: modelFolder(target.stateFolder, digest) };
  const { problem } = await startForGood(target, release);
  return problem === undefined ? "put-back" : "nothing-serves";
}
