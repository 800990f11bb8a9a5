import { UserError } from "../../errors.ts";

/** Where rows come from, as the lines of the input say. */
export type Source =
  /** Paths below the working folder, with wildcards; a slash at the end stands for all files below. */
  | { readonly kind: "files"; readonly patterns: readonly string[] }
  | { readonly kind: "https"; readonly urls: readonly string[] }
  | { readonly kind: "s3"; readonly bucket: string; readonly patterns: readonly string[] }
  | { readonly kind: "kafka"; readonly brokers: readonly string[]; readonly topic: string }
  /** A `.dvc` file, or a `dvc.lock` with the output that is meant. */
  | { readonly kind: "dvc"; readonly pointer: string; readonly output: string | undefined };

type Kind = Source["kind"];

const MAX_URL = 2_000;

// Two letters at least: one letter and a colon is a drive.
const SCHEME = /^(?<scheme>[A-Za-z][A-Za-z0-9+.-]+):/;
const BROKER = /^(?:[A-Za-z0-9.-]{1,255}|\[[0-9A-Fa-f:.]+\]):\d{1,5}$/;
const TOPIC = /^[A-Za-z0-9._-]{1,249}$/;

/** @throws UserError SOURCE_REFUSED */
export function readSource(items: readonly string[]): Source {
  const lines = withBrokers(items);
  const [first, ...others] = lines;
  if (first === undefined) throw refused("No source is named", FORMS);
  const kind = kindOf(first);
  const other = others.find((line) => kindOf(line) !== kind);
  if (other !== undefined) throw refused(`The sources are of two kinds, ${kind} and ${kindOf(other)}`, ONE_KIND);
  if (others.length > 0 && (kind === "kafka" || kind === "dvc")) {
    throw refused(`There are ${lines.length} sources of the kind ${kind}, of which a dataset has one`, ONE_KIND);
  }
  switch (kind) {
    case "files":
      return { kind, patterns: lines };
    case "https":
      return { kind, urls: lines.map(checkedUrl) };
    case "s3":
      return readBucket(lines);
    case "kafka":
      return readTopic(first);
    case "dvc":
      return readPointer(first);
  }
}

/** A list is cut at its commas, and so are the brokers of a topic. */
function withBrokers(items: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && /^kafka:\/\/[^/]*$/i.test(last)) lines[lines.length - 1] = `${last},${item}`;
    else lines.push(item);
  }
  return lines;
}

const FORMS =
  "Write a path, https://…, s3://bucket/prefix, kafka://broker:9092/topic, a .dvc file or dvc.lock#stage/out.";
const ONE_KIND = "Give each its own dataset.";

function kindOf(line: string): Kind {
  const scheme = SCHEME.exec(line)?.groups?.["scheme"]?.toLowerCase();
  if (scheme === undefined) return /\.dvc$|(?:^|\/)dvc\.lock(?:#|$)/.test(line) ? "dvc" : "files";
  if (scheme === "http" || scheme === "https") return "https";
  if (scheme === "s3" || scheme === "kafka") return scheme;
  throw refused(`Nothing is read from "${scheme}:"`, FORMS);
}

/** Says nothing of what was written: a user and password in it would stand in the log. */
function checkedUrl(line: string): string {
  const url = URL.canParse(line) ? new URL(line) : undefined;
  if (url === undefined || url.hostname === "" || url.href.length > MAX_URL)
    throw refused("A source is no address of the web", FORMS);
  if (url.username !== "" || url.password !== "") {
    throw refused(`The address of ${url.host} holds a user or a password`, "Give a token by TIDEMARK_SOURCE_TOKEN.");
  }
  url.hash = "";
  return url.href;
}

function readBucket(lines: readonly string[]): Source {
  const places = lines.map((line) => /^s3:\/\/(?<bucket>[^/]*)\/?(?<pattern>.*)$/is.exec(line)?.groups ?? {});
  const buckets = new Set(places.map(({ bucket = "" }) => bucket));
  const [bucket = ""] = buckets;
  if (bucket === "" || bucket.includes("@")) throw refused("A source names no bucket", "Write s3://bucket/prefix.");
  if (buckets.size > 1) throw refused("The sources lie in several buckets", ONE_KIND);
  return { kind: "s3", bucket, patterns: places.map(({ pattern = "" }) => pattern) };
}

function readTopic(line: string): Source {
  const { brokers = "", topic = "" } = /^kafka:\/\/(?<brokers>[^/]*)\/(?<topic>.*)$/is.exec(line)?.groups ?? {};
  const named = brokers.split(",").map((broker) => broker.trim());
  if (!named.every((broker) => BROKER.test(broker)) || !TOPIC.test(topic)) {
    throw refused("The topic's address is not one", "Write kafka://broker:9092,broker:9092/topic, without a password.");
  }
  return { kind: "kafka", brokers: named, topic };
}

function readPointer(line: string): Source {
  const at = line.indexOf("#");
  if (at === -1 && line.endsWith(".dvc")) return { kind: "dvc", pointer: line, output: undefined };
  const output = at === -1 ? "" : line.slice(at + 1);
  if (/^[^/]+\/./.test(output)) return { kind: "dvc", pointer: line.slice(0, at), output };
  throw refused("A dvc.lock has many outputs", "Name the stage and its output: dvc.lock#stage/path.");
}

function refused(problem: string, hint: string): UserError {
  return new UserError("SOURCE_REFUSED", `${problem}.`, hint);
}
