/** The part of JSON Schema that our published schema uses. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export interface SchemaKey {
  /** Such as `models.<name>.environments[].target.port`. */
  readonly path: string;
  /** As documentation shows it. */
  readonly default: string;
  readonly description: string;
}

/** Every key of a schema, in its order. A key of two shapes stands once. */
export function schemaKeys(schema: Schema, prefix = ""): readonly SchemaKey[] {
  const found = [...ofProperties(schema, prefix), ...inside(schema, prefix)];
  return [...new Map(found.map((key) => [key.path, key])).values()];
}

function ofProperties({ properties = {}, required = [] }: Schema, prefix: string): SchemaKey[] {
  return Object.entries(properties).flatMap(([name, child]) => {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    const key = { path, default: defaultOf(child, required.includes(name)), description: child.description ?? "" };
    return [key, ...schemaKeys(child, path)];
  });
}

function inside({ additionalProperties, items, anyOf = [], oneOf = [] }: Schema, prefix: string): SchemaKey[] {
  return [
    ...(typeof additionalProperties === "object" ? schemaKeys(additionalProperties, `${prefix}.<name>`) : []),
    ...(items === undefined ? [] : schemaKeys(items, `${prefix}[]`)),
    ...[...anyOf, ...oneOf].flatMap((part) => schemaKeys(part, prefix)),
  ];
}

function defaultOf({ default: value }: Schema, required: boolean): string {
  if (value === undefined) return required ? "**required**" : "";
  if (typeof value === "string") return `\`${value}\``;
  return `\`${JSON.stringify(value)}\``;
}
