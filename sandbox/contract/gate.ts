import { type Delivery, judgeDelivery } from "./delivery.ts";
import type { Exchange, Finding } from "./exchange.ts";
import { isQuirk } from "./quirks.ts";
import type { Breach, ContractReport } from "./report.ts";
import { createRequestJudge } from "./request.ts";
import { createResponseJudge } from "./response.ts";
import { createRouter } from "./router.ts";
import { createSchemaStore } from "./schema-store.ts";
import { loadSlice } from "./slice.ts";

export { type Breach, type ContractReport, formatReport, mergeReports, writeReport } from "./report.ts";

/** Checks what the sandbox says, and what is said to it, against GitHub's published schemas. */
export interface ContractGate {
  /** REST only. GraphQL, git over HTTP, Twirp and blob URLs are outside the contract: do not pass them. */
  checkExchange(exchange: Exchange): void;
  checkDelivery(delivery: Delivery): void;
  report(): ContractReport;
}

const MAX_SAMPLE_LENGTH = 400;

function sampleOf(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > MAX_SAMPLE_LENGTH ? `${text.slice(0, MAX_SAMPLE_LENGTH)}…` : text;
}

function toBreaches(findings: readonly Finding[], name?: string): Breach[] {
  return findings
    .map(({ part, problems, value }) => {
      const where = name === undefined ? part : `${name} ${part}`;
      return { where, problems: problems.filter((problem) => !isQuirk(where, problem)), sample: sampleOf(value) };
    })
    .filter(({ problems }) => problems.length > 0);
}

export function createContractGate(): ContractGate {
  const slice = loadSlice();
  const route = createRouter(slice);
  const store = createSchemaStore(slice.components.schemas);
  const judgeRequest = createRequestJudge(store);
  const judgeResponse = createResponseJudge(slice, store);
  const counts = { exchanges: 0, deliveries: 0 };
  const unknownRoutes = new Set<string>();
  const breaches: Breach[] = [];
  return {
    checkExchange(exchange) {
      counts.exchanges += 1;
      const match = route(exchange.method, exchange.path);
      if (match) {
        const findings = [...judgeRequest(exchange, match), judgeResponse(exchange, match)];
        breaches.push(...toBreaches(findings, match.route.name));
        return;
      }
      const name = `${exchange.method.toUpperCase()} ${exchange.path}`;
      unknownRoutes.add(name);
      breaches.push({
        where: name,
        problems: [": is no route of sandbox/contract/operations.ts"],
        sample: sampleOf(exchange.responseBody),
      });
    },
    checkDelivery(delivery) {
      counts.deliveries += 1;
      breaches.push(...toBreaches(judgeDelivery(delivery)));
    },
    report: () => ({
      requests: counts.exchanges,
      responses: counts.exchanges,
      deliveries: counts.deliveries,
      unknownRoutes: [...unknownRoutes],
      breaches: [...breaches],
    }),
  };
}
