import { list, referenceOf } from "../contract/relationship.ts";
import { type Contract, type ContractPath, objectOf, objectPath } from "../contract.ts";
import type { Requirement } from "../requirement.ts";
import { strict } from "./strict.ts";

/** Where datasets lie, by name. */
export type RelatedFiles = ReadonlyMap<string, string>;

/** Columns whose values must be among those of another dataset. */
export interface ForeignKey {
  readonly columns: readonly string[];
  /** Name of the other dataset. */
  readonly object: string;
  readonly at: ContractPath;
  /** Nothing when it is not known where the other dataset lies. */
  requirement(related: RelatedFiles): Requirement[];
}

export function foreignKeys(contract: Contract): readonly ForeignKey[] {
  const { properties, relationships } = objectOf(contract);
  const nameOf = (column: string) =>
    properties.find(({ name, id }) => name === column || id === column)?.name ?? column;
  const ofColumns = properties.flatMap(({ name, relationships: own }, at) =>
    own.map(({ to }, index) => ({
      columns: [name],
      to: list(to),
      at: [...objectPath, "properties", at, "relationships", index],
    })),
  );
  const ofObject = relationships.map(({ from, to }, index) => ({
    columns: list(from).map((text) => nameOf(referenceOf(text)?.column ?? text)),
    to: list(to),
    at: [...objectPath, "relationships", index],
  }));
  return [...ofColumns, ...ofObject].map(foreignKey);
}

interface Written {
  readonly columns: readonly string[];
  readonly to: readonly string[];
  readonly at: ContractPath;
}

function foreignKey({ columns, to, at }: Written): ForeignKey {
  const targets = to.flatMap((text) => referenceOf(text) ?? []);
  const object = targets[0]?.object ?? "";
  const others = targets.map(({ column }) => column);
  return {
    columns,
    object,
    at,
    requirement: (related) => {
      const path = related.get(object);
      if (path === undefined) return [];
      const breach = `keys are not among those of ${object}`;
      const other = { path, columns: others };
      return [strict({ kind: "exists-in", columns, other }, { findingId: "DATA_UNKNOWN_KEY", breach, at })];
    },
  };
}
