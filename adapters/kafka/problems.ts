import { UserError } from "#core/errors";

export interface StreamPlace {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly group: string;
}

type Sentence = (place: StreamPlace, detail: string) => readonly [code: string, problem: string, hint: string];

const unavailable: Sentence = ({ brokers }, detail) => [
  "STREAM_UNAVAILABLE",
  `The brokers at ${brokers.join(", ")} did not answer (${detail}).`,
  "Check the addresses, TLS and the network, then run again; nothing was stored, so nothing is lost.",
];

const refused: Sentence = ({ topic, group }, detail) => [
  "STREAM_REFUSED",
  `The broker refused access (${detail}).`,
  `Check the credentials, and that they may read the topic "${topic}" and use the group "${group}".`,
];

const missing: Sentence = ({ topic }) => [
  "TOPIC_MISSING",
  `The broker has no topic "${topic}", or does not show it to us.`,
  "Check the topic's name and the right to describe it.",
];

const inUse: Sentence = ({ group }) => [
  "GROUP_IN_USE",
  `The group "${group}" is used by another program.`,
  "Give the collector a group of its own.",
];

const unreadable: Sentence = ({ topic }, detail) => [
  "STREAM_UNREADABLE",
  `The topic "${topic}" holds batches that cannot be unpacked (${detail}).`,
  "Compress with none, gzip, snappy, lz4 or zstd.",
];

// By the error's Kafka type, or else by its class in kafkajs.
const SENTENCES: Readonly<Record<string, Sentence>> = {
  KafkaJSSASLAuthenticationError: refused,
  SASL_AUTHENTICATION_FAILED: refused,
  UNSUPPORTED_SASL_MECHANISM: refused,
  TOPIC_AUTHORIZATION_FAILED: refused,
  GROUP_AUTHORIZATION_FAILED: refused,
  CLUSTER_AUTHORIZATION_FAILED: refused,
  INCONSISTENT_GROUP_PROTOCOL: inUse,
  UNKNOWN_TOPIC_OR_PARTITION: missing,
  INVALID_TOPIC_EXCEPTION: missing,
  KafkaJSNotImplemented: unreadable,
  CORRUPT_MESSAGE: unreadable,
  KafkaJSPartialMessageError: unreadable,
  KafkaJSInvariantViolation: unreadable,
};

/** Says of an error of kafkajs what the user can do; what is none of theirs stays as it is. */
export function explained(error: unknown, place: StreamPlace): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const causes = chainOf(error);
  const known = causes
    .flatMap((each) => [field(each, "type"), each.name])
    .find((name) => Object.hasOwn(SENTENCES, name));
  const sentence = known === undefined ? (isPassing(error) ? unavailable : undefined) : SENTENCES[known];
  if (sentence === undefined) return error;
  const root = causes.at(-1) ?? error;
  const [code, problem, hint] = sentence(place, root.message.split("\n")[0] ?? root.name);
  return new UserError(code, problem, hint, { cause: error });
}

/** Whether trying again may help: the network or the broker was away. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof UserError) return false;
  const causes = chainOf(error);
  if (causes.some((each) => SENTENCES[field(each, "type")] !== undefined || SENTENCES[each.name] !== undefined)) {
    return false;
  }
  return causes.some((each) => PASSING.has(each.name) || ("retriable" in each && each.retriable === true));
}

const PASSING = new Set([
  "KafkaJSNumberOfRetriesExceeded",
  "KafkaJSConnectionError",
  "KafkaJSConnectionClosedError",
  "KafkaJSRequestTimeoutError",
  "KafkaJSNoBrokerAvailableError",
  "KafkaJSGroupCoordinatorNotFound",
  "KafkaJSLockTimeout",
  "KafkaJSTimeout",
]);

function chainOf(error: Error): readonly Error[] {
  const chain = [error];
  for (let at: unknown = error.cause; at instanceof Error && chain.length < 10; at = at.cause) chain.push(at);
  return chain;
}

function field(error: Error, name: string): string {
  return name in error ? String((error as Error & Record<string, unknown>)[name]) : "";
}
