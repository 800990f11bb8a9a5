import { objectMarks, propertyMarks } from "../contract/marks.ts";
import type { Property } from "../contract/property.ts";
import { ageKind, ageWords } from "../contract/service-level.ts";
import { type Contract, columnsWithRole, objectOf, objectPath, propertyPath, purposeOf } from "../contract.ts";
import { type Found, findingOf, shortName } from "../finding.ts";
import type { Anonymity } from "../privacy/anonymity.ts";
import { anonymityFindings, personalDataFinding } from "../privacy/privacy-findings.ts";
import type { AnonymityRequest, Survey } from "../survey.ts";

// Fewer than five rows of one kind may be known to be certain people, by the usual rule of official statistics.
const DEFAULT_K = 5;

/** What is asked of the declared quasi-identifiers; undefined when there are none. */
export function anonymityRequest(contract: Contract): AnonymityRequest | undefined {
  const quasiIdentifiers = columnsWithRole(contract, "quasiIdentifier");
  if (quasiIdentifiers.length === 0) return undefined;
  const [sensitive] = columnsWithRole(contract, "sensitive");
  const { kAnonymity = DEFAULT_K } = objectMarks(objectOf(contract).customProperties);
  return { quasiIdentifiers, sensitive, smallestGroup: kAnonymity };
}

/** Columns the contract declares as personal data; no report shows a value of them. */
export function personalColumns(contract: Contract): readonly string[] {
  return objectOf(contract)
    .properties.filter(isPersonal)
    .map(({ name }) => name);
}

/** Personal data, declared or not, and how well people hide among the rows. No value is told. */
export function privacyFindings(contract: Contract, survey: Survey): readonly Found[] {
  const declared = new Set(personalColumns(contract));
  const present = new Set(survey.measurement.columns);
  const { rows } = survey.measurement;
  const undeclared = survey.columns.flatMap(({ profile: { name }, personal }) => {
    if (personal === null || declared.has(name)) return [];
    return [{ finding: personalDataFinding(personal, rows), at: propertyPath(contract, name) }];
  });
  const notes = objectOf(contract)
    .properties.filter((property) => isPersonal(property) && present.has(property.name))
    .map((property) => purposeNote(contract, property, survey));
  return [...undeclared, ...notes, ...anonymityFound(contract, survey.anonymity)];
}

function isPersonal({ customProperties }: Property): boolean {
  return propertyMarks(customProperties).personalData === true;
}

function purposeNote(contract: Contract, property: Property, { measurement, columns }: Survey): Found {
  const { name } = property;
  const kind = columns.find(({ profile }) => profile.name === name)?.personal?.kind;
  const purpose = propertyMarks(property.customProperties).purpose ?? purposeOf(contract);
  const retention = contract.slaProperties.find((level) => ageKind(level) === "retention");
  const said = [
    `Column "${shortName(name)}" is declared as personal data${kind === undefined ? "" : ` and seems to hold: ${kind}`}`,
    purpose === undefined ? "the contract states no purpose" : `purpose: ${purpose.slice(0, 300)}`,
    retention === undefined ? "the contract states no retention" : `kept for ${ageWords(retention)}`,
  ];
  const finding = findingOf({
    id: "PRIVACY_DECLARED",
    severity: purpose === undefined ? "warning" : "note",
    column: name,
    sentence: `${said.join("; ")}.`,
    nextStep:
      purpose === undefined
        ? "State the purpose in the contract: description.purpose, or the column's own."
        : "Nothing to do while purpose and retention are right.",
    rows: measurement.rows,
    method: "as the contract declares it",
  });
  return { finding, at: propertyPath(contract, name) };
}

function anonymityFound(contract: Contract, measured: Anonymity | null): Found[] {
  const { kAnonymity, lDiversity } = objectMarks(objectOf(contract).customProperties);
  if (measured === null) return [];
  const columns = columnsWithRole(contract, "quasiIdentifier");
  const severity = kAnonymity === undefined ? "warning" : "error";
  const l = lDiversity === undefined ? {} : { l: lDiversity };
  const findings = anonymityFindings(measured, { columns, k: kAnonymity ?? DEFAULT_K, severity, ...l });
  return findings.map((finding) => ({ finding, at: objectPath }));
}
