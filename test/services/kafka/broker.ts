// A real Apache Kafka broker: one KRaft node on 127.0.0.1, fetched through Maven, run by Java 17 or newer.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";
import { brokerProperties, LISTENERS, type Listener, scramUsers } from "./broker-properties.ts";
import { type Authority, newAuthority } from "./certificates.ts";
import { command } from "./command.ts";
import { fetchJars, type Jars } from "./jars.ts";
import { type JavaProcess, startJava } from "./java-process.ts";
import { freePorts } from "./ports.ts";

export const KAFKA_VERSION = "4.3.1";
const READY_SECONDS = 90;

export interface Broker {
  /** Where it is spoken to in plain text. */
  readonly address: string;
  readonly addresses: Readonly<Record<Listener, string>>;
  /** Signed the broker's certificate; the "mutualTls" listener lets in whom it signed as well. */
  readonly authority: Authority;
  /** Its own, for everything that may end with it. */
  readonly folder: string;
  /** Where the broker keeps its logs; to be touched only while it is stopped. */
  readonly logFolder: string;
  readonly isRunning: () => boolean;
  start(): Promise<void>;
  /** Asks it to end; after 20 seconds, or with "kill" at once, it is killed. */
  stop(how?: "ask" | "kill"): Promise<void>;
  /** Runs one of the tools that come with the broker, with `input` as what it reads. */
  tool(name: string, parameters: readonly string[], input: string): Promise<void>;
  /** Stops and removes everything. */
  remove(): Promise<void>;
}

const dependency = (group: string, artifact: string, version: string) =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;

const DEPENDENCIES = [
  dependency("org.apache.kafka", "kafka_2.13", KAFKA_VERSION),
  dependency("org.apache.kafka", "kafka-tools", KAFKA_VERSION),
  dependency("org.slf4j", "slf4j-simple", "1.7.36"),
];

const JARS: Jars = { name: `kafka-${KAFKA_VERSION}-tools`, what: { dependencies: DEPENDENCIES.join("") } };

export async function newBroker(): Promise<Broker> {
  const jars = await fetchJars(JARS);
  const folder = await mkdtemp(join(tmpdir(), "tidemark-kafka-"));
  const java = ["-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", `${jars}/*`];
  const [controllerPort = 0, ...ports] = await freePorts(1 + LISTENERS.length);
  const byListener = <Value>(value: (port: number) => Value) =>
    Object.fromEntries(LISTENERS.map((listener, at) => [listener, value(ports[at] ?? 0)])) as Record<Listener, Value>;
  const config = join(folder, "server.properties");
  await writeFile(config, brokerProperties({ folder, ports: byListener((port) => port), controllerPort }));
  const authority = await certify(folder);
  const id = randomBytes(16).toString("base64url");
  const format = ["kafka.tools.StorageTool", "format", "-t", id, "-c", config, ...scramUsers()];
  await command("java", [...java, ...format], folder);
  const addresses = byListener((port) => `127.0.0.1:${port}`);
  const program = { parameters: [...java, "kafka.Kafka", config], folder, log: join(folder, "broker.log") };
  let running: JavaProcess | undefined;
  const stop = async (how: "ask" | "kill" = "ask") => {
    const stopping = running;
    running = undefined;
    await stopping?.stop(how);
  };
  return {
    address: addresses.plain,
    addresses,
    authority,
    folder,
    logFolder: join(folder, "logs"),
    isRunning: () => running !== undefined,
    start: async () => {
      running = await startJava(program, () => ready(addresses.plain));
    },
    stop,
    tool: (name, parameters, input) => command("java", [...java, name, ...parameters], folder, input),
    remove: async () => {
      await stop("kill");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The broker's key with its certificate, and the authority it trusts. */
async function certify(folder: string): Promise<Authority> {
  const authority = await newAuthority(folder, "authority");
  const { cert, key } = await authority.issue("broker");
  await writeFile(join(folder, "broker.pem"), `${key}${cert}${authority.ca}`);
  await writeFile(join(folder, "clients.pem"), authority.ca);
  return authority;
}

/** Ready when it answers with a broker that can lead partitions. */
async function ready(address: string): Promise<void> {
  const until = Date.now() + READY_SECONDS * 1_000;
  for (;;) {
    const admin = quietKafka(address).admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      const { brokers } = await admin.describeCluster();
      if (brokers.length === 1) return;
    } catch (error) {
      if (Date.now() > until) throw error;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
    await pause(200);
  }
}

export function quietKafka(address: string): Kafka {
  return new Kafka({ clientId: "test", brokers: [address], logLevel: logLevel.NOTHING, connectionTimeout: 2_000 });
}
