import { type ContractReport, createContractGate } from "#sandbox/contract/gate";

export type ContractGate = ReturnType<typeof createContractGate>;

export function createGate(): ContractGate {
  return createContractGate();
}

export type { ContractReport };
