import { onTestFinished } from "vitest";
import { createContractGate, formatReport, writeReport } from "#sandbox/contract/gate";
import { type Sandbox, type SandboxOptions, startSandbox } from "#sandbox/sandbox";

/**
 * A sandbox whose every exchange and delivery is held against GitHub's own documents: one that is off the contract
 * fails the test that made it. It closes when the test ends.
 */
export async function gatedSandbox(options: Omit<SandboxOptions, "gate">): Promise<Sandbox> {
  const gate = createContractGate();
  const sandbox = await startSandbox({ ...options, gate });
  onTestFinished(async () => {
    await sandbox.idle();
    await sandbox.close();
    const report = gate.report();
    writeReport(report);
    if (report.breaches.length > 0) throw new Error(`Off GitHub's contract:\n${formatReport(report)}`);
  });
  return sandbox;
}
