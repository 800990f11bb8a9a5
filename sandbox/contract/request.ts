import { type Exchange, type Finding, isEmpty } from "./exchange.ts";
import type { Match, Route } from "./router.ts";
import type { SchemaStore } from "./schema-store.ts";
import { jsonSchema, type Parameter, type Schema } from "./slice.ts";

/** GitHub's own refusals of a bad request. Such a request is the point of the exchange, not a breach. */
const REFUSALS = new Set([400, 422]);

/** In a URL every value is text that coercion may turn into either branch, so "exactly one of" cannot hold. */
const loosen = ({ oneOf, ...rest }: Schema): Schema => (oneOf ? { ...rest, anyOf: oneOf } : rest);

function objectOf(parameters: readonly Parameter[]): Schema {
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, loosen(schema)])),
    required: parameters.filter((one) => one.required === true).map((one) => one.name),
    additionalProperties: false,
  };
}

function bodyProblems(store: SchemaStore, route: Route, body: unknown): readonly string[] {
  const documented = route.operation.requestBody;
  if (!documented) return isEmpty(body) ? [] : [": must be absent, this operation takes no body"];
  const schema = jsonSchema(documented.content);
  const isSkipped = isEmpty(body) && documented.required !== true;
  return schema && !isSkipped ? store.problems(schema, body ?? {}) : [];
}

export function createRequestJudge(store: SchemaStore): (exchange: Exchange, match: Match) => Finding[] {
  const schemas = new WeakMap<Route, { readonly path: Schema; readonly query: Schema }>();
  const schemasOf = (route: Route) => {
    const inPlace = (place: string) => objectOf(route.parameters.filter((one) => one.in === place));
    const made = schemas.get(route) ?? { path: inPlace("path"), query: inPlace("query") };
    schemas.set(route, made);
    return made;
  };
  return ({ query, requestBody, status }, { route, pathValues }) => {
    if (REFUSALS.has(status)) return [];
    const expected = schemasOf(route);
    // Coercion writes into what it checks, hence the copies.
    return [
      { part: "path", problems: store.textProblems(expected.path, { ...pathValues }), value: pathValues },
      { part: "query", problems: store.textProblems(expected.query, { ...query }), value: query },
      { part: "request body", problems: bodyProblems(store, route, requestBody), value: requestBody },
    ];
  };
}
