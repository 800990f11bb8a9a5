import { parseAs } from "../parse-as.ts";
import type { Documents } from "../ports/documents.ts";
import { Contract } from "./contract.ts";
import { requirementsOf, rowCountLimits } from "./requirement.ts";

/** @throws UserError CONTRACT_INVALID */
export function readContract(text: string, documents: Documents, source: string): Contract {
  const hint = "A contract follows the Open Data Contract Standard v3.1.";
  const contract = parseAs(Contract, documents.parse(text, source), { source, code: "CONTRACT_INVALID", hint });
  requirementsOf(contract);
  rowCountLimits(contract);
  return contract;
}
