/** One process with a sandbox of its own: asks it for pages of pull requests and leaves its contract report. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContractGate, writeReport } from "#sandbox/contract/gate";
import { startSandbox } from "#sandbox/sandbox";

const [reports = "", ...queries] = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), "tidemark-visitor-"));
const gate = createContractGate();
const sandbox = await startSandbox({ directory, gate });
const { token } = sandbox.createUser({ login: "ada" });
await sandbox.createRepository({ owner: "ada", name: "models", files: { "README.md": "# Models\n" } });
for (const query of queries) {
  const answer = await fetch(`${sandbox.url}/repos/ada/models/pulls${query}`, {
    headers: { authorization: `token ${token}` },
  });
  await answer.arrayBuffer();
}
await sandbox.idle();
await sandbox.close();
rmSync(directory, { recursive: true, force: true });
writeReport(gate.report(), reports);
