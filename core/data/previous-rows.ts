import { z } from "zod";
import { UserError } from "../errors.ts";

const Count = z.number().int().min(0);
const Report = z.object({
  format: z.literal("tidemark/validation"),
  datasets: z.array(z.object({ path: z.string(), rows: Count })).min(1),
});
const Record = z.object({ digest: z.string(), rows: Count });

/**
 * Rows of the previous snapshot, as its record or its validation report has them.
 * @param path the dataset's, to find it in a report of several
 * @throws UserError PREVIOUS_UNREADABLE
 */
export function previousRows(value: unknown, source: string, path: string): number {
  const report = Report.safeParse(value);
  if (report.success) {
    const { datasets } = report.data;
    return (datasets.find((dataset) => dataset.path === path) ?? datasets[0])?.rows ?? 0;
  }
  const record = Record.safeParse(value);
  if (record.success) return record.data.rows;
  throw new UserError(
    "PREVIOUS_UNREADABLE",
    `${source} is neither a dataset's record nor a validation report.`,
    "Give the record that collect-data wrote, or the report of an earlier validate-data.",
  );
}
