import { join } from "node:path";

export const LISTENERS = ["plain", "tls", "mutualTls", "sasl"] as const;

/** Plain text; TLS; TLS that wants the client's certificate as well; TLS with a name and password. */
export type Listener = (typeof LISTENERS)[number];

/** Who may log in at the "sasl" listener, over PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512. */
export const USERS = { reader: "reader's secret +/=", stranger: "stranger's secret" } as const;

interface Place {
  readonly folder: string;
  readonly ports: Readonly<Record<Listener, number>>;
  readonly controllerPort: number;
}

const PROTOCOLS: Readonly<Record<Listener, string>> = {
  plain: "PLAINTEXT",
  tls: "SSL",
  mutualTls: "SSL",
  sasl: "SASL_SSL",
};

/** One broker that is its own controller, with a listener of each kind. */
export function brokerProperties({ folder, ports, controllerPort }: Place): string {
  const name = (listener: Listener) => listener.toUpperCase();
  const addresses = LISTENERS.map((listener) => `${name(listener)}://127.0.0.1:${ports[listener]}`);
  const protocols = LISTENERS.map((listener) => `${name(listener)}:${PROTOCOLS[listener]}`);
  return [
    "process.roles=broker,controller",
    "node.id=1",
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    `listeners=${[...addresses, `CONTROLLER://127.0.0.1:${controllerPort}`].join(",")}`,
    `advertised.listeners=${addresses.join(",")}`,
    "controller.listener.names=CONTROLLER",
    `inter.broker.listener.name=${name("plain")}`,
    `listener.security.protocol.map=${[...protocols, "CONTROLLER:PLAINTEXT"].join(",")}`,
    `log.dirs=${join(folder, "logs")}`,
    ...ONE_BROKER,
    ...SHORT_WAITS,
    ...SECURITY,
    `ssl.keystore.location=${join(folder, "broker.pem")}`,
    `ssl.truststore.location=${join(folder, "clients.pem")}`,
    "",
  ].join("\n");
}

/** What the formatting program adds as users of SCRAM. */
export function scramUsers(): readonly string[] {
  return Object.entries(USERS).flatMap(([name, password]) =>
    ["SCRAM-SHA-256", "SCRAM-SHA-512"].flatMap((mechanism) => [
      "--add-scram",
      `${mechanism}=[name="${name}",password="${password}"]`,
    ]),
  );
}

const ONE_BROKER = [
  "offsets.topic.num.partitions=1",
  "offsets.topic.replication.factor=1",
  "transaction.state.log.num.partitions=1",
  "transaction.state.log.replication.factor=1",
  "transaction.state.log.min.isr=1",
  "share.coordinator.state.topic.replication.factor=1",
  "share.coordinator.state.topic.min.isr=1",
  "auto.create.topics.enable=true",
];

const SHORT_WAITS = [
  "group.initial.rebalance.delay.ms=0",
  "log.cleaner.enable=true",
  "log.cleaner.backoff.ms=200",
  "controlled.shutdown.enable=false",
  // A broker that was killed may register anew only when its last session has run out.
  "broker.session.timeout.ms=3000",
  "broker.heartbeat.interval.ms=500",
];

const plainUsers = Object.entries(USERS).map(([name, password]) => `user_${name}="${password}"`);

const SECURITY = [
  "ssl.keystore.type=PEM",
  "ssl.truststore.type=PEM",
  "listener.name.mutualtls.ssl.client.auth=required",
  "listener.name.sasl.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
  `listener.name.sasl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required ${plainUsers.join(" ")};`,
  ...["scram-sha-256", "scram-sha-512"].map(
    (mechanism) =>
      `listener.name.sasl.${mechanism}.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;`,
  ),
  // Whoever comes without a name may do everything; the others what they were given.
  "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
  "super.users=User:ANONYMOUS",
];
