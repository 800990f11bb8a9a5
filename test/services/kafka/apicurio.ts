// A real schema registry with the HTTP interface of Confluent's: Apicurio, whose schemas lie in a topic of our broker.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { SchemaRegistry } from "@kafkajs/confluent-schema-registry";
import { fetchJars, type Jars } from "./jars.ts";
import { type JavaProcess, startJava } from "./java-process.ts";
import { freePorts } from "./ports.ts";

const VERSION = "3.0.9";
const READY_SECONDS = 90;

const ARCHIVE: Jars = {
  name: `apicurio-${VERSION}`,
  what: { archive: `io.apicurio:apicurio-registry-app:${VERSION}:tar.gz:all` },
};

export interface Registry {
  readonly url: string;
  readonly auth: { readonly username: string; readonly password: string };
  /** The usual package's client: it registers schemas and packs values. */
  readonly client: SchemaRegistry;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops and removes everything. */
  remove(): Promise<void>;
}

const AUTH = { username: "collector", password: "p:ss/wörd@1" };

export async function newRegistry(brokerAddress: string): Promise<Registry> {
  const program = join(await fetchJars(ARCHIVE), `apicurio-registry-app-${VERSION}-runner.jar`);
  const folder = await mkdtemp(join(tmpdir(), "tidemark-registry-"));
  const [port = 0] = await freePorts(1);
  const config = join(folder, "application.properties");
  await writeFile(config, properties(port, brokerAddress));
  const url = `http://127.0.0.1:${port}/apis/ccompat/v7`;
  const java = ["-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", `-Dquarkus.config.locations=${config}`];
  let running: JavaProcess | undefined;
  const stop = async (how: "ask" | "kill") => {
    await running?.stop(how);
    running = undefined;
  };
  return {
    url,
    auth: AUTH,
    client: new SchemaRegistry({ host: url, auth: AUTH, retry: { retries: 0 } }),
    start: async () => {
      const log = join(folder, "registry.log");
      running = await startJava({ parameters: [...java, "-jar", program], folder, log }, () => ready(url));
    },
    stop: () => stop("ask"),
    remove: async () => {
      await stop("kill");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function properties(port: number, brokerAddress: string): string {
  return [
    "quarkus.http.host=127.0.0.1",
    `quarkus.http.port=${port}`,
    "apicurio.storage.kind=kafkasql",
    `apicurio.kafkasql.bootstrap.servers=${brokerAddress}`,
    // Whoever has no name and password is refused.
    "quarkus.oidc.tenant-enabled=false",
    "quarkus.http.auth.basic=true",
    "quarkus.http.auth.permission.all.paths=/*",
    "quarkus.http.auth.permission.all.policy=authenticated",
    "quarkus.security.users.embedded.plain-text=true",
    `quarkus.security.users.embedded.users.${AUTH.username}=${AUTH.password}`,
    `quarkus.security.users.embedded.roles.${AUTH.username}=sr-admin`,
    "",
  ].join("\n");
}

/** Ready when it lists its subjects, which it does only after it has read its topic. */
async function ready(url: string): Promise<void> {
  const until = Date.now() + READY_SECONDS * 1_000;
  const headers = { authorization: `Basic ${Buffer.from(`${AUTH.username}:${AUTH.password}`).toString("base64")}` };
  for (;;) {
    const status = await fetch(`${url}/subjects`, { headers, signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.status,
      (error: Error) => error.message,
    );
    if (status === 200) return;
    if (Date.now() > until) throw new Error(`its last answer was ${status}`);
    await pause(200);
  }
}
