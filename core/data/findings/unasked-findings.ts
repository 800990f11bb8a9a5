import { kindOf } from "../contract/quality.ts";
import { type Contract, objectOf, objectPath } from "../contract.ts";
import { type Found, findingOf, shortName } from "../finding.ts";
import { foreignKeys, type RelatedFiles } from "../requirement/foreign-keys.ts";

/** What the contract says and no check of this run looks at: nothing is left out in silence. */
export function unaskedFindings(contract: Contract, related: RelatedFiles, rows: number): readonly Found[] {
  return [...unknownDatasets(contract, related, rows), ...otherRules(contract, rows)];
}

function unknownDatasets(contract: Contract, related: RelatedFiles, rows: number): Found[] {
  return foreignKeys(contract)
    .filter(({ object }) => !related.has(object))
    .map(({ columns, object, at }) => ({
      finding: findingOf({
        id: "DATA_RELATED_MISSING",
        severity: "error",
        column: columns.join(", "),
        sentence: `Column "${shortName(columns.join(", "))}" refers to ${shortName(object)}, and no file of that dataset was given.`,
        nextStep: `Give it as related: ${shortName(object)}=path of the file.`,
        rows,
      }),
      at,
    }));
}

const OPTIONS = ["multipleOf"];

function otherRules(contract: Contract, rows: number): Found[] {
  const { properties, quality } = objectOf(contract);
  const ofColumns = properties.flatMap(({ quality: own, logicalTypeOptions = {} }) => [
    ...own.filter((rule) => kindOf(rule) === "foreign" && rule.type !== "text"),
    ...OPTIONS.filter((name) => Object.hasOwn(logicalTypeOptions, name)),
  ]);
  const ofObject = quality.filter((rule) => kindOf(rule) === "foreign" && rule.type !== "text");
  const count = ofColumns.length + ofObject.length;
  if (count === 0) return [];
  const finding = findingOf({
    id: "CONTRACT_NOT_CHECKED",
    severity: "note",
    sentence: `${count} ${count === 1 ? "rule of the contract is" : "rules of the contract are"} for other tools and not checked here.`,
    nextStep: "Run the tool they are written for, or write them as metrics, SQL or checks of the engine tidemark.",
    rows,
  });
  return [{ finding, at: objectPath }];
}
