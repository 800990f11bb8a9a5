import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { fileSize } from "#adapters/filesystem/file-size";
import { folderFiles } from "#adapters/filesystem/files";
import { folderSource } from "#adapters/filesystem/folder-source";
import { folderStore } from "#adapters/filesystem/folder-store";
import { lineFiles } from "#adapters/filesystem/line-files";
import { md5 } from "#adapters/filesystem/md5";
import { outputPlace } from "#adapters/filesystem/output-place";
import { scratchFolder } from "#adapters/filesystem/scratch";
import { tableGuard } from "#adapters/filesystem/table-guard";
import { webSource } from "#adapters/http/web-source";
import { jsonDecoder, registryDecoder } from "#adapters/kafka/decoder";
import { type KafkaOptions, kafkaStream } from "#adapters/kafka/stream";
import type { TlsFiles } from "#adapters/kafka/tls";
import { s3Bucket } from "#adapters/s3/bucket";
import { s3Store } from "#adapters/s3/object-store";
import { credentialsFrom } from "#adapters/s3/web-identity";
import { yamlDocuments } from "#adapters/yaml/documents";
import { bucketSource } from "#core/data/collect/bucket-source";
import type { WholeFiles } from "#core/data/collect/collect-files";
import { readDvcPointer } from "#core/data/collect/dvc-pointer";
import { dvcSource } from "#core/data/collect/dvc-source";
import { chooseEngine } from "#core/data/engines/choose-engine";
import { UserError } from "#core/errors";
import type { FileSource } from "#core/ports/file-source";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { collectData, type Topic } from "./action.ts";
import { type Given, recordPathOf } from "./inputs.ts";

export const run = (runner: Runner) =>
  runAction(collectData, runner, async (inputs, { log }) => {
    const folder = inputs["working-directory"];
    const { destination } = inputs;
    const isBucket = destination.startsWith("s3:");
    const store = isBucket ? s3Store(s3(inputs, destination)) : folderStore(resolve(folder, destination));
    const scratch = await scratchFolder();
    return {
      records: folderFiles(folder),
      store,
      engine: chooseEngine(inputs.engine, {
        csv: csvDataEngine(),
        duckDb: duckDbDataEngine({ bindingFolder: inputs["engine-folder"], registry: inputs.registry }),
        bytesOf: fileSize,
        warn: log.warning,
      }),
      guard: tableGuard(),
      outputs: outputPlace(folder, [recordPathOf(inputs), ...(isBucket ? [] : [destination])]),
      now: () => new Date(),
      staging: folderFiles(scratch),
      scratch: lineFiles(scratch),
      openFiles: (source) => openFiles(source, inputs),
      openTopic: (topic) => openTopic(topic, inputs),
      clear: () => rm(scratch, { recursive: true, force: true }),
    };
  });

async function openFiles(source: WholeFiles, inputs: Given): Promise<FileSource> {
  const folder = inputs["working-directory"];
  switch (source.kind) {
    case "files":
      return folderSource(folder, source.patterns);
    case "https":
      return webSource(source.urls, {
        allowHosts: inputs["allow-hosts"],
        token: inputs["source-token"] ?? variable("TIDEMARK_SOURCE_TOKEN"),
        maxSeconds: inputs["limit-seconds"],
        caFile: inputs["ca-file"],
      });
    case "s3":
      return bucketSource(s3Bucket(s3(inputs, `s3://${source.bucket}`)), source.patterns);
    case "dvc": {
      const ports = { files: folderFiles(folder), documents: yamlDocuments(), md5 };
      const data = await readDvcPointer(ports, source.pointer, source.output);
      return dvcSource(data, md5, (paths) => folderSource(folder, paths));
    }
  }
}

function s3(inputs: Given, url: string) {
  const { endpoint, "path-style": pathStyle, "ca-file": caFile } = inputs;
  const region = inputs.region ?? variable("AWS_REGION");
  const credentials = credentialsFrom({ environment: process.env, region, caFile });
  return { url, endpoint, region, pathStyle, caFile, credentials };
}

function openTopic({ brokers, topic }: Topic, inputs: Given) {
  const { name, group = `tidemark-${name}`, tls, "schema-registry": registry } = inputs;
  const sasl = loginOf(inputs);
  if (sasl?.mechanism === "plain" && !tls) {
    const problem = "The brokers' password would be sent as plain text.";
    throw new UserError("STREAM_REFUSED", problem, "Use TLS, or the mechanism scram-sha-512.");
  }
  const stream = kafkaStream({ brokers, topic, group, ssl: tls && tlsFiles(inputs), ...(sasl && { sasl }) });
  return { stream, decoder: registry === undefined ? jsonDecoder() : registryDecoder(registryOf(inputs, registry)) };
}

function loginOf(inputs: Given): KafkaOptions["sasl"] {
  const { "sasl-mechanism": mechanism, "sasl-user": username } = inputs;
  if (mechanism === "none") return undefined;
  const password = inputs["sasl-password"] ?? variable("TIDEMARK_KAFKA_PASSWORD");
  if (username !== undefined && password !== undefined) return { mechanism, username, password };
  const problem = `The mechanism ${mechanism} needs a user and a password.`;
  throw new UserError("INVALID_INPUT", problem, "Give sasl-user, and sasl-password from a secret.");
}

function registryOf(inputs: Given, url: string) {
  const username = inputs["schema-registry-user"];
  const password = inputs["schema-registry-password"] ?? variable("TIDEMARK_SCHEMA_REGISTRY_PASSWORD");
  return username === undefined || password === undefined ? { url } : { url, auth: { username, password } };
}

function tlsFiles(inputs: Given): true | TlsFiles {
  const { "ca-file": ca, "cert-file": cert, "key-file": key } = inputs;
  const named = Object.entries({ ca, cert, key }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return named.length === 0 || Object.fromEntries(named.map(([what, file]) => [what, readPem(file)]));
}

function readPem(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError("FILE_MISSING", `The file "${file}" cannot be read.`, "Check the path.", { cause: error });
  }
}

/** A job's secrets may come as variables too; an empty one is as good as none. */
const variable = (name: string): string | undefined => process.env[name] || undefined;
