import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { contractDiff } from "#actions/contract-diff/action";
import { contractInfer } from "#actions/contract-infer/action";
import { drift } from "#actions/drift/action";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { folderFiles } from "#adapters/filesystem/files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { readContract } from "#core/data/read-contract";
import type { Log } from "#core/ports/log";
import { temporaryFolder } from "#test/support/temporary-folder";

const silent = (): void => undefined;
const log: Log = { info: silent, debug: silent, warning: silent, error: silent, group: (_, work) => work() };
const HERE = { "working-directory": ".", engine: "csv" } as const;

async function workshop(content: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(content)) await writeFile(join(folder, name), text);
  const files = folderFiles(folder);
  return { files, given: files, documents: yamlDocuments(), engine: csvDataEngine() };
}

const table = (rows: number, row: (at: number) => string) =>
  `speed,phase\n${Array.from({ length: rows }, (_, at) => row(at)).join("\n")}\n`;

const before = table(600, (at) => `${100 + (at % 50)},${at % 3 === 0 ? "Climb" : "Descent"}`);
const after = table(600, (at) => `${120 + (at % 50)},${at % 3 === 0 ? "Climb" : "Descent"}`);

describe("drift", () => {
  test("names the column that moved and leaves the other alone", async () => {
    const deps = await workshop({ "before.csv": before, "after.csv": after });
    const given = { reference: "before.csv", current: "after.csv", columns: [], ...HERE };
    const { verdict, outputs, document } = await drift.run(given, deps, { log });
    expect([verdict, outputs]).toEqual(["fail", { verdict: "fail", drifted: 1, columns: 2 }]);
    expect(document).toMatchObject({
      columns: [
        { name: "speed", kind: "numeric", verdict: "drifted", ks: { statistic: expect.closeTo(0.4, 9) } },
        { name: "phase", kind: "categorical", verdict: "no drift", chi2: { dof: 1 } },
      ],
    });
  });

  test("comes to the same verdict from a committed profile as from the rows", async () => {
    const deps = await workshop({ "before.csv": before, "after.csv": after });
    const rows = { reference: "before.csv", current: "after.csv", columns: ["speed"], ...HERE };
    const direct = await drift.run({ ...rows, "write-profile": "profile.json" }, deps, { log });
    const stored = await drift.run({ ...rows, reference: "profile.json" }, deps, { log });
    expect([direct.verdict, stored.verdict]).toEqual(["fail", "fail"]);
  });

  test("asked for a column that only one side has says so, and compares nothing", async () => {
    const wider = before.replaceAll("\n", ",1\n").replace("phase,1", "phase,wind");
    const deps = await workshop({ "before.csv": before, "after.csv": wider });
    const rows = { reference: "before.csv", current: "before.csv", columns: ["speed"], ...HERE };
    await drift.run({ ...rows, "write-profile": "profile.json" }, deps, { log });
    const given = { reference: "profile.json", current: "after.csv", columns: ["speed", "wind"], ...HERE };
    await expect(drift.run(given, deps, { log })).rejects.toMatchObject({
      code: "COLUMN_MISSING",
      message: expect.stringContaining('profile.json has no column "wind"'),
    });
  });

  test("asked for a column that is not there says what was probably meant", async () => {
    const deps = await workshop({ "before.csv": before, "after.csv": after });
    const given = { reference: "before.csv", current: "after.csv", columns: ["sped"], ...HERE };
    await expect(drift.run(given, deps, { log })).rejects.toMatchObject({
      code: "COLUMN_MISSING",
      message: expect.stringContaining('Did you mean "speed"?'),
    });
  });
});

describe("contracts", () => {
  test("are inferred under the file's name, with what seems to be personal data, and kept by their rows", async () => {
    const people = Array.from({ length: 40 }, (_, at) => `${at},ada.${at}@example.org,${at % 2}`).join("\n");
    const deps = await workshop({ "Our People.2026.csv": `id,email,sick\n${people}\n` });
    const { outputs, document } = await contractInfer.run({ data: "Our People.2026.csv", ...HERE }, deps, { log });
    expect(outputs).toEqual({ contract: "contracts/our-people.odcs.yaml", columns: 3, personal: 1 });
    expect(JSON.stringify(document)).toContain('{"property":"suspectedPersonalData","value":"e-mail address"}');
    expect(JSON.stringify(document)).not.toContain("example.org");
    const text = await deps.files.readText("contracts/our-people.odcs.yaml");
    expect(() => readContract(text, deps.documents, "our-people.odcs.yaml")).not.toThrow();
  });

  test("an inferred one does not replace what is there", async () => {
    const deps = await workshop({ "before.csv": before, "c.yaml": "mine" });
    const given = { data: "before.csv", output: "c.yaml", id: "trips", ...HERE };
    await expect(contractInfer.run(given, deps, { log })).rejects.toMatchObject({ code: "CONTRACT_EXISTS" });
    expect(await deps.files.readText("c.yaml")).toBe("mine");
  });

  test("of narrower and of wider data differ in what breaks", async () => {
    const deps = await workshop({ "before.csv": before, "after.csv": after });
    await contractInfer.run({ data: "before.csv", output: "old.yaml", id: "trips", ...HERE }, deps, { log });
    await contractInfer.run({ data: "after.csv", output: "new.yaml", id: "trips", ...HERE }, deps, { log });
    const same = await contractDiff.run({ before: "old.yaml", after: "old.yaml", ...HERE }, deps, { log });
    expect(same.outputs).toEqual({ verdict: "pass", changes: 0 });
    const moved = await contractDiff.run({ before: "old.yaml", after: "new.yaml", ...HERE }, deps, { log });
    expect(moved.outputs).toEqual({ verdict: "fail", changes: 2 });
  });
});
