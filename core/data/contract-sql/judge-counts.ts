import type { Contract } from "../contract.ts";
import { customQueries } from "../custom-query.ts";
import type { Found } from "../finding.ts";
import { columnFindings } from "../findings/column-findings.ts";
import { queryFindings } from "../findings/query-findings.ts";
import { requirementFindings } from "../findings/requirement-findings.ts";
import { rowChangeFindings, rowCountFindings } from "../findings/row-count-findings.ts";
import { unaskedFindings } from "../findings/unasked-findings.ts";
import { requirementsOf } from "../requirements-of.ts";
import { type ContractJob, readCounts } from "./contract-job.ts";

export interface JudgedTable {
  readonly rows: number;
  readonly found: readonly Found[];
}

/**
 * What a table breaks of its contract, by counts that another engine made. What no count can tell is an error, not
 * left out: foreign keys and the contract's own statements.
 */
export function judgeCounts(contract: Contract, job: ContractJob): JudgedTable {
  const { rows, results } = readCounts(contract, job);
  const columns = job.columns.map(([name]) => name);
  const related = new Map<string, string>();
  const requirements = requirementsOf(contract, { now: new Date(job.asOf), related });
  const queries = customQueries(contract);
  const refused = queries.map(() => ({ kind: "refused", reason: "only validate-data runs it" }) as const);
  return {
    rows,
    found: [
      ...columnFindings(contract, { columns, rows }),
      ...rowCountFindings(contract, rows),
      ...rowChangeFindings(contract, rows, undefined),
      ...requirementFindings(requirements, { rows, columns, results }),
      ...queryFindings(queries, refused, rows),
      ...unaskedFindings(contract, related, rows),
    ],
  };
}
