import type { Evidence, SliceComparison } from "../judge/evidence.ts";
import { findingsSection } from "./findings-section.ts";
import { code, details, inHtml, plain, table } from "./markdown.ts";
import { difference, movement } from "./metric-table.ts";
import { bytes, count, plural, seconds, signed, value } from "./numbers.ts";

const LONGEST_LIST = 30;

/** Slices, the largest loss first. Too small a slice is shown without numbers: they would mislead, and may expose people. */
export function sliceSection({ slices }: Evidence): string {
  const judged = slices.filter(({ tooFew }) => !tooFew);
  if (slices.length === 0) return "";
  const worst = [...judged].sort((a, b) => gainOf(a) - gainOf(b));
  const [lowest] = worst;
  const said = lossWords(lowest);
  const rows = [...worst, ...slices.filter(({ tooFew }) => tooFew)].slice(0, LONGEST_LIST).map(sliceRow);
  const body = table(
    ["slice", "rows", "baseline", "candidate", "Δ (95 % CI)", ""],
    [":--", "--:", "--:", "--:", ":--", ":-:"],
    rows,
  );
  return details(`<b>Slices</b>: ${plural(slices.length, "slice")}, ${said}`, body);
}

function lossWords(lowest: SliceComparison | undefined): string {
  if (lowest === undefined || lowest.comparison.difference === null) return "none large enough to compare";
  if (gainOf(lowest) >= 0) return "none lost";
  return `largest loss ${inHtml(`${lowest.column} = ${lowest.value}`)} ${signed(lowest.comparison.difference)}`;
}

function sliceRow({ column, value: text, rows, tooFew, comparison }: SliceComparison): string[] {
  const name = code(`${column} = ${text}`);
  if (tooFew) return [name, count(rows), "–", "–", "too few rows to compare", ""];
  return [
    name,
    count(rows),
    value(comparison.baseline),
    value(comparison.candidate),
    difference(comparison),
    movement(comparison),
  ];
}

function gainOf({ comparison }: SliceComparison): number {
  return comparison.gain?.estimate ?? 0;
}

/** What the data breaks of its contract. Data nobody checked is not data without faults. */
export function contractSection({ contract, findings }: Evidence): string {
  if (contract === "none")
    return details(
      "<b>Data contract</b>: the model has none",
      "Name one in the configuration to have the data checked.",
    );
  if (contract === "not-checked")
    return details("⚠️ <b>Data contract</b>: not checked in this run", "Run validate-data before train.");
  return findingsSection(findings, "in the evidence");
}

/** Enough to make the model again and to check that it is the same one. */
export function lineageSection({ candidate, holdout, baseline, claimed }: Evidence): string {
  const { lineage } = candidate;
  const size = candidate.files.reduce((sum, file) => sum + file.size, 0);
  const rows = [
    ["model", code(candidate.digest)],
    ["baseline", baseline === null ? "none yet" : `${code(baseline.digest)} from ${plain(baseline.source)}`],
    [
      "commit",
      lineage.commit === null
        ? "unknown"
        : `${code(lineage.commit)}${lineage.dirty ? " with uncommitted changes" : ""}`,
    ],
    ["command", code(lineage.command)],
    ["seed", code(String(lineage.seed))],
    ["training data", code(lineage.data.train)],
    ["holdout", code(holdout.digest)],
    ["parameters", lineage.parameters === null ? "none" : code(lineage.parameters)],
    ["trained in", `${seconds(lineage.trainingSeconds)} on ${plain(lineage.platform)}`],
    ["size", `${bytes(size)} in ${plural(candidate.files.length, "file")}`],
    ...Object.entries(claimed).map(([name, number]) => [`claimed ${code(name)}`, value(number)]),
  ];
  return details("<b>Lineage</b>: commit, data, parameters, digests", table(["", ""], [":--", ":--"], rows));
}
