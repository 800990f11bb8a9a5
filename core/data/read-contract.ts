import { UserError } from "../errors.ts";
import { parseAs, pathText } from "../parse-as.ts";
import type { Documents, Locator } from "../ports/documents.ts";
import { Contract, type ContractPath } from "./contract.ts";

const HINT = "A contract follows the Open Data Contract Standard v3.1.";

/** @throws UserError CONTRACT_INVALID with the path and the line of each mistake */
export function readContract(text: string, documents: Documents, source: string): Contract {
  const locate = () => documents.locate(text);
  return parseAs(Contract, documents.parse(text, source), { source, code: "CONTRACT_INVALID", hint: HINT, locate });
}

export interface PatternCheck {
  readonly source: string;
  readonly locate: Locator;
  /** Throws a UserError for a pattern the engines cannot run. */
  readonly refusePattern: (pattern: string) => void;
}

/**
 * Refuses patterns the engines cannot run in linear time, before any data is read.
 * @throws UserError CONTRACT_INVALID with the path and the line
 */
export function refusePatterns(contract: Contract, { source, locate, refusePattern }: PatternCheck): void {
  for (const { pattern, path } of patternsOf(contract)) {
    try {
      refusePattern(pattern);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const problem = `${source}: ${pathText(path)} (line ${locate(path) ?? 1}): ${error.problem}`;
      throw new UserError("CONTRACT_INVALID", problem, error.hint, { cause: error });
    }
  }
}

interface PlacedPattern {
  readonly pattern: string;
  readonly path: ContractPath;
}

function patternsOf({ schema }: Contract): PlacedPattern[] {
  return schema.flatMap(({ properties }, object) =>
    properties.flatMap(({ logicalTypeOptions, quality }, at) => {
      const path: ContractPath = ["schema", object, "properties", at];
      const inRules = quality.flatMap((rule, number) =>
        placed(rule.arguments?.pattern, [...path, "quality", number, "arguments", "pattern"]),
      );
      return [...placed(logicalTypeOptions?.pattern, [...path, "logicalTypeOptions", "pattern"]), ...inRules];
    }),
  );
}

function placed(pattern: string | undefined, path: ContractPath): PlacedPattern[] {
  return pattern === undefined ? [] : [{ pattern, path }];
}
