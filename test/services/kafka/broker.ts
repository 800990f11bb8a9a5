// A real Apache Kafka broker: one KRaft node on 127.0.0.1, fetched through Maven, run by Java 17 or newer.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";

export const KAFKA_VERSION = "4.3.1";
const FETCH_TRIES = 4;
const READY_SECONDS = 90;

export interface Broker {
  readonly address: string;
  /** Where the broker keeps its logs; to be touched only while it is stopped. */
  readonly logFolder: string;
  readonly isRunning: () => boolean;
  start(): Promise<void>;
  /** Asks it to end; after 20 seconds, or with "kill" at once, it is killed. */
  stop(how?: "ask" | "kill"): Promise<void>;
  /** Stops and removes everything. */
  remove(): Promise<void>;
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tidemark</groupId><artifactId>test-broker</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

/** The broker's jars, fetched once into the home folder. */
async function fetchJars(): Promise<string> {
  const cache = join(homedir(), ".cache", "tidemark");
  const folder = join(cache, `kafka-${KAFKA_VERSION}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, "fetch-"));
  try {
    await writeFile(join(fresh, "pom.xml"), POM);
    await fetchInto(fresh);
    // Whole or not at all; another run may have been faster.
    await rename(join(fresh, "lib"), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}

async function fetchInto(folder: string): Promise<void> {
  const line = ["-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib", "-DincludeScope=runtime"];
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await command("mvn", line, folder);
    } catch (error) {
      if (attempt === FETCH_TRIES) throw error;
      await pause(attempt * 5_000);
    }
  }
}

function command(program: string, parameters: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    const child = spawn(program, parameters, { cwd, stdio: ["ignore", "pipe", "pipe"], timeout: 240_000 });
    const listen = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4_000);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}: ${said}`))));
  });
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function properties(folder: string, port: number, controllerPort: number): string {
  return [
    "process.roles=broker,controller",
    "node.id=1",
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    "controller.listener.names=CONTROLLER",
    "inter.broker.listener.name=PLAINTEXT",
    "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    `log.dirs=${join(folder, "logs")}`,
    "offsets.topic.num.partitions=1",
    "offsets.topic.replication.factor=1",
    "transaction.state.log.num.partitions=1",
    "transaction.state.log.replication.factor=1",
    "transaction.state.log.min.isr=1",
    "share.coordinator.state.topic.replication.factor=1",
    "share.coordinator.state.topic.min.isr=1",
    "group.initial.rebalance.delay.ms=0",
    "log.cleaner.enable=true",
    "log.cleaner.backoff.ms=200",
    "auto.create.topics.enable=true",
    "controlled.shutdown.enable=false",
    "",
  ].join("\n");
}

// The shell tells Java's process id and kills it when its own input ends: with us, however we end.
const GUARD =
  'exec 3<&0; "$@" </dev/null >&2 & java=$!; echo $java; (cat <&3 >/dev/null; kill -9 $java 2>/dev/null) & wait $java';

export async function newBroker(): Promise<Broker> {
  const jars = await fetchJars();
  const folder = await mkdtemp(join(tmpdir(), "tidemark-kafka-"));
  const [port = 0, controllerPort = 0] = await freePorts(2);
  const config = join(folder, "server.properties");
  const address = `127.0.0.1:${port}`;
  const java = ["-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", `${jars}/*`];
  await writeFile(config, properties(folder, port, controllerPort));
  const id = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url");
  await command("java", [...java, "kafka.tools.StorageTool", "format", "-t", id, "-c", config], folder);
  const log = join(folder, "broker.log");
  let running: { readonly release: () => void; readonly pid: number; readonly ended: Promise<void> } | undefined;
  const stop = async (how: "ask" | "kill" = "ask") => {
    if (running === undefined) return;
    const { release, pid, ended } = running;
    running = undefined;
    signal(pid, how === "kill" ? "SIGKILL" : "SIGTERM");
    const late = AbortSignal.timeout(20_000);
    late.addEventListener("abort", () => signal(pid, "SIGKILL"));
    await ended;
    release();
  };
  return {
    address,
    logFolder: join(folder, "logs"),
    isRunning: () => running !== undefined,
    start: async () => {
      const line = ["-c", `exec 2>>"$0"; ${GUARD}`, log, "java", ...java, "kafka.Kafka", config];
      const guard = spawn("sh", line, { cwd: folder, stdio: "pipe" });
      const ended = new Promise<void>((resolve) => guard.once("exit", () => resolve()));
      const pid = Number(await new Promise<string>((resolve) => createInterface(guard.stdout).once("line", resolve)));
      running = { release: () => guard.stdin.end(), pid, ended };
      await Promise.race([ready(address), ended.then(() => Promise.reject(new Error("the broker ended")))]).catch(
        async (error: unknown) => {
          await stop("kill");
          const said = await readFile(log, "utf8");
          throw new Error(`The broker did not start: ${error}\n${said.slice(-4_000)}`);
        },
      );
    },
    stop,
    remove: async () => {
      await stop("kill");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
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
