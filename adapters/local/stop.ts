import { stopServer } from "./server-process.ts";
import { forgetState, notedModels, readState } from "./state.ts";

/** Stops every server that was started from this state folder; the models stay. */
export async function stopLocalTarget(stateFolder: string): Promise<void> {
  for (const model of await notedModels(stateFolder)) {
    const { serving, rehearsal } = await readState(stateFolder, model);
    if (rehearsal !== undefined) await stopServer(rehearsal);
    if (serving !== undefined) await stopServer(serving);
    await forgetState(stateFolder, model);
  }
}
