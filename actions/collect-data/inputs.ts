import type { z } from "zod";
import { FILE_FORMATS } from "#core/data/collect/table-form";
import { ModelName } from "#core/names";
import { choice, flag, integer, list, optionalSecret, optionalText, path, text } from "#kit/input-types";
import { engineInputs, workingDirectoryInput } from "#kit/shared-inputs";

const identity = () =>
  text().regex(/^(?:key|none|column:.+)$/, { error: 'expected "key", "none" or "column:" and a column' });

const general = {
  name: text().pipe(ModelName).meta({ description: "Name of the dataset." }),
  source: list().meta({
    description:
      "Where the rows are: paths with wildcards, https addresses, s3://bucket/prefix, kafka://broker:9092/topic, a .dvc file or dvc.lock#stage/out.",
  }),
  destination: path().meta({
    description: "Folder or s3://bucket/prefix that keeps snapshots under their digests.",
  }),
  record: path()
    .optional()
    .meta({ description: "The dataset's record, to be committed; datasets/NAME.json when left out." }),
  output: path().optional().meta({
    description: "Also places the snapshot here for the next step: a file, or a folder of several, which is replaced.",
  }),
  format: choice(FILE_FORMATS)
    .optional()
    .meta({ description: "Format of files whose names do not say it, and of a topic's snapshot (csv when left out)." }),
  "limit-bytes": integer({ min: 1 }).prefault("4294967296").meta({
    description: "Most bytes to read, packed or unpacked. Larger files are refused; a topic is read up to here.",
  }),
  "limit-seconds": integer({ min: 1, max: 21_600 })
    .prefault("1800")
    .meta({ description: "Most time for one address of the web, or for reading a topic." }),
  "working-directory": workingDirectoryInput(),
};

const web = {
  "allow-hosts": list()
    .prefault("")
    .meta({ description: "Hosts (host or host:port) that may have private addresses and speak plain http." }),
  "source-token": optionalSecret({ environment: "TIDEMARK_SOURCE_TOKEN" }).meta({
    description: "Bearer token for the host of the first https source.",
  }),
  "ca-file": path()
    .optional()
    .meta({ description: "PEM file of further certificate authorities, for https, S3 and Kafka." }),
};

const s3 = {
  endpoint: optionalText().meta({ description: "Address of the S3 server; Amazon's own when left out." }),
  region: optionalText().meta({ description: "Region of the bucket; AWS_REGION, then us-east-1, when left out." }),
  "path-style": flag()
    .optional()
    .meta({ description: "Whether the bucket stands in the path; true for an endpoint of your own." }),
};

const kafka = {
  "limit-rows": integer({ min: 1 }).prefault("10000000").meta({ description: "Most messages of a topic to read." }),
  identity: identity().prefault("key").meta({
    description: "What makes two messages one row: key (the message's), none, or column:NAME. The last one wins.",
  }),
  group: optionalText().meta({
    description: "Consumer group, used by nobody else; tidemark-NAME when left out.",
  }),
  tls: flag().prefault("true").meta({ description: "Whether the brokers speak TLS." }),
  "cert-file": path()
    .optional()
    .meta({ description: "PEM file of the certificate that brokers want of us, if they do." }),
  "key-file": path().optional().meta({ description: "PEM file of that certificate's key." }),
  "sasl-mechanism": choice(["none", "plain", "scram-sha-256", "scram-sha-512"])
    .prefault("none")
    .meta({ description: "How to log in to the brokers." }),
  "sasl-user": optionalText().meta({ description: "User for the brokers." }),
  "sasl-password": optionalSecret({ environment: "TIDEMARK_KAFKA_PASSWORD" }).meta({
    description: "Password for the brokers.",
  }),
  "schema-registry": optionalText().meta({
    description: "Address of the schema registry, when values are in its wire format; JSON otherwise.",
  }),
  "schema-registry-user": optionalText().meta({ description: "User for the schema registry." }),
  "schema-registry-password": optionalSecret({ environment: "TIDEMARK_SCHEMA_REGISTRY_PASSWORD" }).meta({
    description: "Password for the schema registry.",
  }),
  "keep-poison": flag().prefault("false").meta({
    description: "Keeps messages that could not become rows in the store, byte for byte. They may hold personal data.",
  }),
};

export const inputs = { ...general, ...web, ...s3, ...kafka, ...engineInputs() };

export type Given = z.output<z.ZodObject<typeof inputs>>;

export function recordPathOf({ name, record }: Pick<Given, "name" | "record">): string {
  return record ?? `datasets/${name}.json`;
}
