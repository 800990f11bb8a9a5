import type { Consumer, Kafka } from "kafkajs";
import { addCodecs } from "./codecs.ts";
import { everyPartition } from "./every-partition.ts";
import { readCommitted } from "./read-committed.ts";
import { checkTls, newSocket, type TlsFiles } from "./tls.ts";

export interface Sasl {
  readonly mechanism: "plain" | "scram-sha-256" | "scram-sha-512";
  readonly username: string;
  readonly password: string;
}

export interface Connection {
  readonly brokers: readonly string[];
  /** True for the machine's own authorities. */
  readonly ssl?: boolean | TlsFiles;
  readonly sasl?: Sasl;
}

interface Membership {
  readonly group: string;
  readonly sessionSeconds: number;
}

// Some five seconds of tries for one request; how often to begin again is ours to decide.
const RETRY = { initialRetryTime: 200, retries: 5, maxRetryTime: 2_000 };
const MAX_WAIT_MS = 500;

/** The package is loaded only when Kafka is used. @throws UserError TLS_FILES_MALFORMED */
export async function connect(
  { brokers, ssl, sasl }: Connection,
  { group, sessionSeconds }: Membership,
): Promise<{ readonly kafka: Kafka; readonly newConsumer: () => Consumer }> {
  const kafkajs = (await import("kafkajs")).default;
  const { Kafka, logLevel, AssignerProtocol } = kafkajs;
  addCodecs(kafkajs);
  if (typeof ssl === "object") checkTls(ssl);
  const kafka = new Kafka({
    clientId: "tidemark",
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    retry: RETRY,
    socketFactory: newSocket,
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl: saslOf(sasl) }),
  });
  const newConsumer = () => {
    let isOver = false;
    const consumer = kafka.consumer({
      groupId: group,
      partitionAssigners: [
        // An assigner is the one place where kafkajs shows a consumer's cluster.
        ({ cluster }) => {
          readCommitted(cluster);
          return everyPartition(AssignerProtocol, cluster);
        },
      ],
      sessionTimeout: sessionSeconds * 1_000,
      rebalanceTimeout: sessionSeconds * 1_000,
      heartbeatInterval: Math.floor((sessionSeconds * 1_000) / 5),
      maxWaitTimeInMs: MAX_WAIT_MS,
      allowAutoTopicCreation: false,
      // A crash that is still being handled would bring a disconnected consumer back to life.
      retry: { ...RETRY, restartOnFailure: async () => !isOver },
    });
    const disconnect = () => {
      isOver = true;
      return consumer.disconnect();
    };
    return { ...consumer, disconnect };
  };
  return { kafka, newConsumer };
}

/** kafkajs has one type for each mechanism. */
function saslOf({ mechanism, username, password }: Sasl) {
  switch (mechanism) {
    case "plain":
      return { mechanism, username, password };
    case "scram-sha-256":
      return { mechanism, username, password };
    case "scram-sha-512":
      return { mechanism, username, password };
  }
}
