import { type Exchange, type Finding, isEmpty } from "./exchange.ts";
import type { Match } from "./router.ts";
import type { SchemaStore } from "./schema-store.ts";
import { type Answer, answerOf, isJson, jsonSchema, type Schema, type Slice } from "./slice.ts";

/**
 * Statuses that GitHub gives on any route without documenting them there: a conditional request (304), credentials
 * (401), permission and visibility (403, 404), rate limits (403, 429) and its own failures (5xx).
 */
const UNIVERSAL = new Set([304, 401, 403, 404, 429, 500, 502, 503]);
/** Answers whose meaning is in the status and the headers. */
const BODILESS = new Set([204, 304]);

const BASIC_ERROR: Schema = {
  type: "object",
  required: ["message"],
  properties: { message: { type: "string" }, documentation_url: { type: "string" }, status: { type: "string" } },
};

/** Raw files, diffs, archives and logs are legitimate; an empty answer where JSON is documented is not. */
function contentProblems(store: SchemaStore, answer: Answer, exchange: Exchange): readonly string[] {
  const schema = answer.content && jsonSchema(answer.content);
  if (!schema) return [];
  if (isJson(exchange.contentType)) return store.problems(schema, exchange.responseBody);
  const isMissing = exchange.contentType === "" && isEmpty(exchange.responseBody);
  return isMissing ? [": must be JSON, got an empty answer"] : [];
}

function errorProblems(store: SchemaStore, { status, contentType, responseBody }: Exchange): readonly string[] {
  return status >= 400 && isJson(contentType) ? store.problems(BASIC_ERROR, responseBody) : [];
}

export function createResponseJudge(slice: Slice, store: SchemaStore): (exchange: Exchange, match: Match) => Finding {
  const problemsOf = (exchange: Exchange, { route }: Match): readonly string[] => {
    const { status, responseBody } = exchange;
    const answer = answerOf(slice, route.operation, status);
    if (!answer && !UNIVERSAL.has(status)) return [`: status ${status} is not documented for this operation`];
    if (BODILESS.has(status)) return isEmpty(responseBody) ? [] : [": must be empty"];
    const problems = errorProblems(store, exchange);
    return problems.length > 0 || !answer ? problems : contentProblems(store, answer, exchange);
  };
  return (exchange, match) => ({
    part: `response ${exchange.status}`,
    problems: problemsOf(exchange, match),
    value: exchange.responseBody,
  });
}
