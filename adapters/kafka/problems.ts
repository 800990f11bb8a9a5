import { UserError } from "#core/errors";
import { TLS_WANTED } from "./tls.ts";

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

const closed: Sentence = ({ brokers }) => [
  "STREAM_UNAVAILABLE",
  `The brokers at ${brokers.join(", ")} closed the connection.`,
  "Brokers do so when they go down, and to whoever comes without the TLS or the credentials they want; check these, then run again. Nothing was stored, so nothing is lost.",
];

const uncoordinated: Sentence = ({ brokers, group }) => [
  "STREAM_UNAVAILABLE",
  `No broker of ${brokers.join(", ")} answers for the group "${group}".`,
  "Check the right to use the group; if it is there, the brokers are still electing, so run again.",
];

const untrusted: Sentence = ({ brokers }, detail) => [
  "STREAM_UNTRUSTED",
  `The TLS certificate of the brokers at ${brokers.join(", ")} is not trusted (${detail}).`,
  "Give the authority that signed it, and the brokers' addresses as the certificate names them; nothing was sent.",
];

const unwelcome: Sentence = ({ brokers }, detail) => [
  "STREAM_REFUSED",
  `The brokers at ${brokers.join(", ")} refused our side of TLS (${detail}).`,
  "Check the client's certificate and key; a broker may want them, signed by an authority of its own.",
];

const noTls: Sentence = ({ brokers }) => [
  "STREAM_UNAVAILABLE",
  `The brokers at ${brokers.join(", ")} do not speak TLS there.`,
  "Give the address of a listener with TLS; we never go on without it by ourselves.",
];

const tlsWanted: Sentence = ({ brokers }) => [
  "STREAM_UNAVAILABLE",
  `The brokers at ${brokers.join(", ")} speak TLS there, and the connection was asked to be without.`,
  "Turn TLS on, or give the address of a listener without it.",
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
  ILLEGAL_SASL_STATE: refused,
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

// By the code of a failed connection, as OpenSSL and Node name them.
const CONNECTIONS: readonly (readonly [RegExp, Sentence])[] = [
  [/^(ERR_TLS_CERT_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_|HOSTNAME_|PATH_LENGTH_)/, untrusted],
  [/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/, noTls],
  [/^ERR_SSL_.*ALERT/, unwelcome],
  [new RegExp(`^${TLS_WANTED}$`), tlsWanted],
];

/** Says of an error of kafkajs what the user can do; what is none of theirs stays as it is. */
export function explained(error: unknown, place: StreamPlace): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const causes = chainOf(error);
  const sentence = causes.map(lasting).find((each) => each !== undefined) ?? passing(error);
  if (sentence === undefined) return error;
  const [code, problem, hint] = sentence(place, detailOf(causes.at(-1) ?? error));
  return new UserError(code, problem, hint, { cause: error });
}

/** Whether trying again may help: the network or the broker was away. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof UserError) return false;
  const causes = chainOf(error);
  if (causes.some((each) => lasting(each) !== undefined)) return false;
  return causes.some((each) => PASSING.has(each.name) || ("retriable" in each && each.retriable === true));
}

function lasting(error: Error): Sentence | undefined {
  const name = [field(error, "type"), error.name].find((each) => Object.hasOwn(SENTENCES, each));
  if (name !== undefined) return SENTENCES[name];
  const code = field(error, "code");
  return CONNECTIONS.find(([pattern]) => pattern.test(code))?.[1];
}

function passing(error: Error): Sentence | undefined {
  if (!isPassing(error)) return undefined;
  const names = chainOf(error).map(({ name }) => name);
  if (names.includes("KafkaJSConnectionClosedError")) return closed;
  return names.includes("KafkaJSGroupCoordinatorNotFound") ? uncoordinated : unavailable;
}

/** OpenSSL's own text is mostly about its source files. */
function detailOf({ message, name }: Error): string {
  const [line = name] = message.split("\n");
  return /alert [a-z ]+/.exec(line)?.[0] ?? line.replace(/^Connection error: /, "");
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
