import { canonicalJson } from "../canonical-json.ts";
import type { Property } from "./contract/property.ts";
import { kindOf, type Quality, tidemarkCheck } from "./contract/quality.ts";
import { list } from "./contract/relationship.ts";
import { type Contract, objectOf } from "./contract.ts";

/** What a change means to one side: it stops working, it may, or it does not. */
export type Impact = "breaking" | "risky" | "safe";

/** One change between two versions of a contract, for whoever consumes the data (the model) and whoever produces it. */
export interface ContractChange {
  readonly column: string;
  readonly change: string;
  readonly consumer: Impact;
  readonly producer: Impact;
}

/**
 * Classifies every change. The consumer breaks when data may now come that it was never promised; the producer breaks
 * when data it was allowed to send is now refused. So a wider promise is risky or breaking for the one, a narrower one
 * for the other.
 */
export function diffContracts(before: Contract, after: Contract): readonly ContractChange[] {
  const old = propertiesOf(before);
  const current = propertiesOf(after);
  const removed = [...old.keys()].filter((name) => !current.has(name)).map(columnRemoved);
  const added = [...current.values()].filter(({ name }) => !old.has(name)).map(columnAdded);
  const changed = [...current.values()].flatMap((property) => {
    const was = old.get(property.name);
    return was === undefined ? [] : changesOf(was, property);
  });
  const rules = ruleChanges(objectOf(after).name, [objectOf(before).quality, objectOf(after).quality]);
  return [...removed, ...added, ...changed, ...rules];
}

export function isBreaking({ consumer, producer }: ContractChange): boolean {
  return consumer === "breaking" || producer === "breaking";
}

function propertiesOf(contract: Contract): ReadonlyMap<string, Property> {
  return new Map(contract.schema.flatMap(({ properties }) => properties.map((property) => [property.name, property])));
}

const columnRemoved = (column: string): ContractChange => ({
  column,
  change: "column removed",
  consumer: "breaking",
  producer: "safe",
});

const columnAdded = ({ name, required }: Property): ContractChange => ({
  column: name,
  change: required ? "required column added" : "column added",
  consumer: "safe",
  producer: required ? "breaking" : "safe",
});

function changesOf(was: Property, now: Property): ContractChange[] {
  return [
    ...typeChange(was, now),
    ...flagChange(now.name, "required", [was.required, now.required]),
    ...flagChange(now.name, "unique", [was.unique || was.primaryKey, now.unique || now.primaryKey]),
    ...boundChanges(was, now),
    ...choiceChanges(was, now),
    ...patternChange(was, now),
    ...ruleChanges(now.name, [was.quality, now.quality]),
    ...referenceChanges(was, now),
  ];
}

function typeChange(was: Property, now: Property): ContractChange[] {
  if (was.logicalType === now.logicalType) return [];
  const change = `type ${was.logicalType} became ${now.logicalType}`;
  const widened = was.logicalType === "integer" && now.logicalType === "number";
  const narrowed = was.logicalType === "number" && now.logicalType === "integer";
  if (widened) return [{ column: now.name, change, consumer: "risky", producer: "safe" }];
  if (narrowed) return [{ column: now.name, change, consumer: "safe", producer: "breaking" }];
  return [{ column: now.name, change, consumer: "breaking", producer: "breaking" }];
}

function flagChange(column: string, flag: string, [was, now]: readonly [boolean, boolean]): ContractChange[] {
  if (was === now) return [];
  return now
    ? [{ column, change: `now ${flag}`, consumer: "safe", producer: "breaking" }]
    : [{ column, change: `no longer ${flag}`, consumer: "breaking", producer: "safe" }];
}

const BOUNDS = [
  { key: "minimum", narrowsUpwards: true },
  { key: "maximum", narrowsUpwards: false },
  { key: "exclusiveMinimum", narrowsUpwards: true },
  { key: "exclusiveMaximum", narrowsUpwards: false },
  { key: "minLength", narrowsUpwards: true },
  { key: "maxLength", narrowsUpwards: false },
] as const;

function boundChanges(was: Property, now: Property): ContractChange[] {
  return BOUNDS.flatMap(({ key, narrowsUpwards }) => {
    const before = was.logicalTypeOptions?.[key];
    const after = now.logicalTypeOptions?.[key];
    if (before === after) return [];
    const narrower = after !== undefined && (before === undefined || after > before === narrowsUpwards);
    const change = `${key} ${before ?? "none"} became ${after ?? "none"}`;
    return [narrower ? narrowed(now.name, change) : widened(now.name, change)];
  });
}

function choiceChanges(was: Property, now: Property): ContractChange[] {
  const before = choicesOf(was);
  const after = choicesOf(now);
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [narrowed(now.name, "values limited to a choice")];
  if (after === undefined) return [widened(now.name, "values no longer limited to a choice")];
  const gone = [...before].filter((value) => !after.has(value)).length;
  const fresh = [...after].filter((value) => !before.has(value)).length;
  return [
    ...(gone > 0 ? [narrowed(now.name, `${gone} of ${before.size} allowed values removed`)] : []),
    ...(fresh > 0 ? [widened(now.name, `${fresh} allowed values added`)] : []),
  ];
}

function choicesOf({ quality }: Property): ReadonlySet<string> | undefined {
  const values = quality.find(
    ({ metric, arguments: given }) => metric === "invalidValues" && given?.validValues !== undefined,
  );
  return values === undefined ? undefined : new Set(values.arguments?.validValues);
}

function patternChange(was: Property, now: Property): ContractChange[] {
  const [before, after] = [was.logicalTypeOptions?.pattern, now.logicalTypeOptions?.pattern];
  if (before === after) return [];
  if (after === undefined) return [widened(now.name, "pattern removed")];
  if (before === undefined) return [narrowed(now.name, "pattern added")];
  return [{ column: now.name, change: "pattern changed", consumer: "risky", producer: "breaking" }];
}

/** Rules but for choices, which are told value by value. What a rule is about may have widened or narrowed. */
function ruleChanges(column: string, [was, now]: readonly [readonly Quality[], readonly Quality[]]): ContractChange[] {
  const before = new Map(rulesOf(was).map((rule) => [ruleText(rule), rule]));
  const after = new Map(rulesOf(now).map((rule) => [ruleText(rule), rule]));
  const gone = [...before].filter(([text]) => !after.has(text));
  const fresh = [...after].filter(([text]) => !before.has(text));
  return [
    ...gone.map(([, rule]) => widened(column, `rule ${nameOf(rule)} removed or changed`)),
    ...fresh.map(([, rule]) => narrowed(column, `rule ${nameOf(rule)} added or changed`)),
  ];
}

function rulesOf(quality: readonly Quality[]): readonly Quality[] {
  return quality.filter((rule) => kindOf(rule) !== "foreign" && rule.arguments?.validValues === undefined);
}

/** Without what is only said about it. */
function ruleText({ description, id, name, dimension, businessImpact, tags, ...rule }: Quality): string {
  return canonicalJson(rule);
}

function nameOf(rule: Quality): string {
  return rule.metric ?? tidemarkCheck(rule)?.check ?? "sql";
}

function referenceChanges(was: Property, now: Property): ContractChange[] {
  const targets = ({ relationships }: Property) => new Set(relationships.flatMap(({ to }) => list(to)));
  const [before, after] = [targets(was), targets(now)];
  return [
    ...[...before].filter((to) => !after.has(to)).map((to) => widened(now.name, `reference to ${to} removed`)),
    ...[...after].filter((to) => !before.has(to)).map((to) => narrowed(now.name, `reference to ${to} added`)),
  ];
}

/** Data that was allowed is refused now. */
function narrowed(column: string, change: string): ContractChange {
  return { column, change, consumer: "safe", producer: "breaking" };
}

/** Data may come now that was never seen: a model copes with it or does not. */
function widened(column: string, change: string): ContractChange {
  return { column, change, consumer: "risky", producer: "safe" };
}
