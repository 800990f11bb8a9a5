import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Breach {
  /** "POST /repos/{owner}/{repo}/pulls response 201" */
  readonly where: string;
  readonly problems: readonly string[];
  readonly sample: string;
}

export interface ContractReport {
  readonly requests: number;
  readonly responses: number;
  readonly deliveries: number;
  readonly unknownRoutes: readonly string[];
  readonly breaches: readonly Breach[];
}

/** Every process that runs the sandbox leaves its report in this folder; scripts/contract-report.ts adds them up. */
export const REPORT_DIRECTORY_VARIABLE = "TIDEMARK_CONTRACT_REPORT_DIR";

export const emptyReport: ContractReport = {
  requests: 0,
  responses: 0,
  deliveries: 0,
  unknownRoutes: [],
  breaches: [],
};

export function mergeReports(reports: readonly ContractReport[]): ContractReport {
  return reports.reduce(
    (sum, one) => ({
      requests: sum.requests + one.requests,
      responses: sum.responses + one.responses,
      deliveries: sum.deliveries + one.deliveries,
      unknownRoutes: [...new Set([...sum.unknownRoutes, ...one.unknownRoutes])],
      breaches: [...sum.breaches, ...one.breaches],
    }),
    emptyReport,
  );
}

function countAlike(breaches: readonly Breach[]): ReadonlyMap<string, { breach: Breach; count: number }> {
  const alike = new Map<string, { breach: Breach; count: number }>();
  for (const breach of breaches) {
    const key = [breach.where, ...breach.problems].join("\n");
    alike.set(key, { breach, count: (alike.get(key)?.count ?? 0) + 1 });
  }
  return alike;
}

/** One line of totals, then every kind of breach once. */
export function formatReport(report: ContractReport): string {
  const { requests, responses, deliveries, breaches } = report;
  const totals = `${requests} requests, ${responses} responses, ${deliveries} deliveries`;
  const blocks = [...countAlike(breaches).values()].map(({ breach, count }) => {
    const times = count > 1 ? ` (${count} times)` : "";
    return [`${breach.where}${times}`, ...breach.problems.map((line) => `  ${line}`), `  in ${breach.sample}`].join(
      "\n",
    );
  });
  return [`${breaches.length} off-contract exchanges (${totals})`, ...blocks].join("\n");
}

/** Writes the report as a new file of the folder, by default the one named by the environment; without one, nothing. */
export function writeReport(report: ContractReport, directory = process.env[REPORT_DIRECTORY_VARIABLE]): void {
  if (directory === undefined || directory === "") return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${process.pid}-${randomUUID()}.json`), `${JSON.stringify(report)}\n`);
}

export function readReports(directory: string): readonly ContractReport[] {
  const names = readdirSync(directory).filter((name) => name.endsWith(".json"));
  return names.map((name) => JSON.parse(readFileSync(join(directory, name), "utf8")) as ContractReport);
}
