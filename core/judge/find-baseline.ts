import type { Candidate, PredictionsFile } from "../model/candidate.ts";
import { predictionsName } from "../model/predictions-name.ts";
import { readCandidate } from "../model/read-candidate.ts";
import type { Documents } from "../ports/documents.ts";
import type { Files } from "../ports/files.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { type RecordKey, readRecord } from "../registry/read-record.ts";
import { recordPath } from "../registry/release-record.ts";
import type { Evidence } from "./evidence.ts";

/** What a candidate is compared with, and where its predictions lie on this machine. */
export interface FoundBaseline {
  readonly described: NonNullable<Evidence["baseline"]>;
  readonly predictions: string;
}

export interface BaselinePorts {
  readonly files: Files;
  readonly documents: Documents;
  /** Opened only when a release record names a baseline. */
  readonly store: () => ObjectStore;
}

export interface BaselineQuestion {
  readonly key: RecordKey;
  /** A candidate's folder given by hand. */
  readonly explicit: string | undefined;
  /** Where to put what is fetched. */
  readonly scratch: string;
}

/** The baseline in the order of precedence: given by hand, the release record, or none: then this is the first model. */
export async function findBaseline(
  ports: BaselinePorts,
  question: BaselineQuestion,
): Promise<FoundBaseline | undefined> {
  const { explicit, key, scratch } = question;
  if (explicit !== undefined) {
    const candidate = await readCandidate(ports, explicit);
    return {
      described: explicitBaseline(candidate),
      predictions: ports.files.locate(`${explicit}/${candidate.predictions.path}`),
    };
  }
  const path = recordPath.format(key);
  if (!(await ports.files.exists(path))) return undefined;
  const { serving, generation } = readRecord(await ports.files.readText(path), ports.documents, key);
  const predictions = await fetched(ports, serving.predictions, scratch);
  const { digest, holdout } = serving;
  const described = {
    digest,
    predictions: serving.predictions.digest,
    holdout,
    source: "release-record",
    environment: key.environment,
    generation,
  } as const;
  return { described, predictions };
}

function explicitBaseline({ digest, predictions, lineage }: Candidate): FoundBaseline["described"] {
  return {
    digest,
    predictions: predictions.digest,
    holdout: lineage.data.holdout,
    source: "explicit",
    environment: null,
    generation: null,
  };
}

async function fetched({ files, store }: BaselinePorts, file: PredictionsFile, scratch: string): Promise<string> {
  const path = files.locate(`${scratch}/${predictionsName("baseline-predictions", file)}`);
  await store().get(file.digest, path);
  return path;
}
