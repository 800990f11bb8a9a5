import { UserError } from "../errors.ts";
import { parseAs } from "../parse-as.ts";
import type { Documents } from "../ports/documents.ts";
import type { Files } from "../ports/files.ts";
import { Candidate } from "./candidate.ts";
import { CANDIDATE_FILE, MODEL_FOLDER } from "./layout.ts";

interface From {
  readonly files: Files;
  readonly documents: Documents;
}

/**
 * A candidate's folder, with every file hashed against what the candidate says of it: a file replaced meanwhile is
 * another model. @throws UserError CANDIDATE_MISSING, CANDIDATE_INVALID, CANDIDATE_CHANGED naming the file
 */
export async function readCandidate({ files, documents }: From, folder: string): Promise<Candidate> {
  const path = `${folder}/${CANDIDATE_FILE}`;
  if (!(await files.exists(path))) {
    throw new UserError(
      "CANDIDATE_MISSING",
      `There is no candidate in ${folder}.`,
      "Run train first, or name its output folder.",
    );
  }
  const from = { source: path, code: "CANDIDATE_INVALID", hint: "Run train again with this version of Tidemark." };
  const candidate = parseAs(Candidate, documents.parse(await files.readText(path), path), from);
  const expected = [
    ...candidate.files.map((file) => ({ path: `${folder}/${MODEL_FOLDER}/${file.path}`, digest: file.digest })),
    { path: `${folder}/${candidate.predictions.path}`, digest: candidate.predictions.digest },
  ];
  for (const file of expected) {
    if ((await files.measure(file.path)).digest === file.digest) continue;
    throw new UserError("CANDIDATE_CHANGED", `${file.path} is not the file that training left.`, "Train again.");
  }
  return candidate;
}
