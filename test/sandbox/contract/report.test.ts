import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type ContractReport,
  emptyReport,
  formatReport,
  mergeReports,
  readReports,
  writeReport,
} from "#sandbox/contract/report";

const breach = { where: "GET /user response 200", problems: ["/login: must be string, got undefined"], sample: "{}" };
const clean: ContractReport = { ...emptyReport, requests: 412, responses: 412, deliveries: 57 };
const broken: ContractReport = { ...emptyReport, requests: 2, responses: 2, breaches: [breach, breach] };

const temporaryFolder = () => mkdtempSync(join(tmpdir(), "contract-report-"));
const runScript = (directory: string) =>
  spawnSync(process.execPath, ["scripts/contract-report.ts", directory], { encoding: "utf8" });

test("a clean report is one line", () => {
  expect(formatReport(clean)).toBe("0 off-contract exchanges (412 requests, 412 responses, 57 deliveries)");
});

test("equal breaches are counted and told once", () => {
  expect(formatReport(broken)).toMatchInlineSnapshot(`
    "2 off-contract exchanges (2 requests, 2 responses, 0 deliveries)
    GET /user response 200 (2 times)
      /login: must be string, got undefined
      in {}"
  `);
});

test("reports of several processes add up", () => {
  const folder = temporaryFolder();
  writeReport(clean, folder);
  writeReport({ ...broken, unknownRoutes: ["GET /x"] }, folder);
  const total = mergeReports(readReports(folder));
  expect(total).toMatchObject({ requests: 414, deliveries: 57, unknownRoutes: ["GET /x"], breaches: [breach, breach] });
});

test("the script passes clean reports and fails on a breach or on no report at all", () => {
  const folder = temporaryFolder();
  expect(runScript(folder).status).toBe(1);
  writeReport(clean, folder);
  expect(runScript(folder)).toMatchObject({ status: 0, stdout: `${formatReport(clean)}\n` });
  writeReport(broken, folder);
  expect(runScript(folder).status).toBe(1);
});
