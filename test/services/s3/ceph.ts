import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answers, Daemon, freePort, run } from "./child.ts";
import { needCommands } from "./packages.ts";
import type { S3Server } from "./server.ts";

const PACKAGES = {
  "ceph-mon": "ceph-mon",
  "ceph-osd": "ceph-osd",
  radosgw: "radosgw",
  "radosgw-admin": "radosgw",
  ceph: "ceph-common",
  "ceph-authtool": "ceph-common",
  monmaptool: "ceph-common",
};

const keys = { accessKeyId: "TIDEMARKTESTACCESS01", secretAccessKey: "tidemark-test-secret-of-the-loopback-0001" };

/** Ceph's RADOS Gateway over one monitor and one OSD that keeps everything in memory. */
export async function startCeph(): Promise<S3Server> {
  await needCommands(PACKAGES);
  const folder = await mkdtemp(join(tmpdir(), "tidemark-ceph-"));
  const daemons: Daemon[] = [];
  const stop = async () => {
    for (const daemon of daemons.toReversed()) await daemon.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const cluster: Cluster = { folder, fsid: randomUUID(), monPort: await freePort(), port: await freePort() };
    await startCluster(cluster, daemons);
    return { endpoint: `http://127.0.0.1:${cluster.port}`, keys, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Cluster {
  readonly folder: string;
  readonly fsid: string;
  readonly monPort: number;
  readonly port: number;
}

async function startCluster(cluster: Cluster, daemons: Daemon[]): Promise<void> {
  const { folder } = cluster;
  const config = join(folder, "ceph.conf");
  const tool = (command: string, ...args: string[]) => run({ command, args: ["-c", config, ...args] });
  const start = (command: string, ...args: string[]) => {
    const daemon = new Daemon({ command, args: ["-c", config, "-f", ...args] }, join(folder, `${command}.out`));
    daemons.push(daemon);
    return daemon;
  };
  await writeConfig(cluster, config);
  await makeKeys(join(folder, "keyring"));
  const map = join(folder, "monmap");
  const address = `[v2:127.0.0.1:${cluster.monPort}]`;
  await run({ command: "monmaptool", args: ["--create", "--fsid", cluster.fsid, "--addv", "a", address, map] });
  await tool("ceph-mon", "-i", "a", "--mkfs", "--monmap", map, "--keyring", join(folder, "keyring"));
  const admin = (...args: string[]) => tool("ceph", "-n", "client.admin", "--connect-timeout", "5", ...args);
  await start("ceph-mon", "-i", "a").ready(() => admin("mon", "stat").then(() => true), 60);

  const osd = randomUUID();
  await tool("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd, "--no-mon-config");
  await admin("osd", "new", osd, "0");
  await admin("osd", "crush", "add", "osd.0", "1", "root=default", "host=localhost");
  start("ceph-osd", "-i", "0");
  const gateway = start("radosgw", "-n", "client.rgw");
  await gateway.ready(() => answers(`http://127.0.0.1:${cluster.port}/`), 120);
  const { accessKeyId, secretAccessKey } = keys;
  const user = ["--uid", "tester", "--display-name", "tester", "--access-key", accessKeyId];
  await tool("radosgw-admin", "-n", "client.admin", "user", "create", ...user, "--secret-key", secretAccessKey);
}

/** One file of keys for all: the gateway does not start without cephx. */
async function makeKeys(keyring: string): Promise<void> {
  const all = {
    mon: ["mon"],
    "client.admin": ["mon", "osd", "mgr"],
    "client.rgw": ["mon", "osd"],
    "osd.0": ["mon", "osd", "mgr"],
  };
  const make = (...args: string[]) => run({ command: "ceph-authtool", args: [keyring, ...args] });
  await make("--create-keyring");
  for (const [name, parts] of Object.entries(all)) {
    const rights = parts.flatMap((part) => ["--cap", part, "allow *"]);
    await make("--gen-key", "-n", name === "mon" ? "mon." : name, ...rights);
  }
}

/**
 * Everything listens on 127.0.0.1: without `cluster addr` an OSD listens everywhere. `public bind addr` must not be set,
 * or the monitor takes its standard ports instead of the map's.
 */
async function writeConfig({ folder, fsid, monPort, port }: Cluster, path: string): Promise<void> {
  for (const name of ["mon", "osd", "rgw", "run"]) await mkdir(join(folder, name));
  const lines = `
[global]
fsid = ${fsid}
mon host = v2:127.0.0.1:${monPort}/0
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr1 = false
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = ${folder}/keyring
run dir = ${folder}/run
crash dir = ${folder}/run
admin socket =
pid file =
log file = ${folder}/$name.log
mon cluster log file = ${folder}/cluster.log
mon data = ${folder}/mon
mon data avail crit = 1
mon allow pool size one = true
osd data = ${folder}/osd
osd objectstore = memstore
memstore device bytes = 2147483648
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw data = ${folder}/rgw
rgw dynamic resharding = false
`;
  await writeFile(path, lines.trimStart());
}
