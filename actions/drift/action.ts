import { z } from "zod";
import type { Column } from "#core/data/column";
import { compareColumns } from "#core/data/drift/compare-columns";
import { driftFindings } from "#core/data/drift/drift-findings";
import { compareWithProfile } from "#core/data/profile/compare-with-profile";
import { profileOf } from "#core/data/profile/profile-of";
import { printProfile, readProfile } from "#core/data/profile/reference-profile";
import type { ColumnEngine } from "#core/ports/data-engine";
import type { Documents } from "#core/ports/documents";
import type { Files } from "#core/ports/files";
import { driftSection } from "#core/report/drift-table";
import { defineAction } from "#kit/define-action";
import { list, path } from "#kit/input-types";
import { workingDirectoryInput } from "#kit/shared-inputs";

export interface DriftDeps {
  readonly files: Files;
  readonly documents: Documents;
  readonly engine: ColumnEngine;
}

const inputs = {
  reference: path().meta({ description: "Rows the model was trained on, or their reference profile (.json)." }),
  current: path().meta({ description: "Rows of now." }),
  columns: list().prefault("").meta({ description: "Columns to compare; all of the reference when left out." }),
  "write-profile": path()
    .optional()
    .meta({ description: "Also writes the reference's profile here, to be committed." }),
  "working-directory": workingDirectoryInput(),
};

const outputs = {
  verdict: z.enum(["pass", "fail"]).meta({ description: "fail when a column drifted." }),
  drifted: z.number().meta({ description: "Number of columns that drifted." }),
  columns: z.number().meta({ description: "Number of columns compared." }),
};

export const drift = defineAction({
  name: "drift",
  title: "Drift",
  description: "Compares today's rows with those a model was trained on, column by column, with error control.",
  icon: "activity",
  color: "orange",
  inputs,
  outputs,
  async run(given, deps: DriftDeps, { log }) {
    const { files, engine } = deps;
    const current = await engine.columns(files.locate(given.current), named(given.columns));
    const result = given.reference.endsWith(".json")
      ? compareWithProfile(await storedProfile(deps, given.reference), current)
      : compareColumns(await referenceColumns(deps, given), current);
    for (const { severity, sentence, nextStep } of driftFindings(result)) {
      log[severity === "note" ? "info" : "warning"](`${sentence} ${nextStep}`);
    }
    const drifted = result.columns.filter(({ verdict }) => verdict === "drifted").length;
    const verdict = drifted > 0 ? "fail" : "pass";
    const counted = { verdict, drifted, columns: result.columns.length } as const;
    return { verdict, outputs: counted, summary: driftSection(result), document: result };
  },
});

function named(columns: readonly string[]): readonly string[] | undefined {
  return columns.length === 0 ? undefined : columns;
}

async function storedProfile({ files, documents }: DriftDeps, path: string) {
  return readProfile(documents.parse(await files.readText(path), path), path);
}

interface Given {
  readonly reference: string;
  readonly columns: readonly string[];
  readonly "write-profile"?: string | undefined;
}

async function referenceColumns({ files, engine }: DriftDeps, given: Given): Promise<readonly Column[]> {
  const columns = await engine.columns(files.locate(given.reference), named(given.columns));
  const place = given["write-profile"];
  if (place !== undefined) await files.write(place, printProfile(profileOf(columns)));
  return columns;
}
