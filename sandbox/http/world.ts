import type { CallLog } from "../calls.ts";
import type { ContractGate } from "../contract-gate.ts";
import type { Deliverer } from "../events/deliverer.ts";
import type { Events } from "../events/events.ts";
import type { Faults } from "../faults.ts";
import type { SandboxState } from "../state.ts";

/** The parts that every door of the sandbox (REST, GraphQL, git, runner) works with. */
export interface World {
  readonly state: SandboxState;
  readonly events: Events;
  readonly deliverer: Deliverer;
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly gate: ContractGate | undefined;
}
