import { csvTable } from "./csv-table.ts";
import { dataFormat } from "./data-format.ts";
import { jsonTable } from "./json-table.ts";
import { parquetTable } from "./parquet-table.ts";
import type { Table, TableFile } from "./table.ts";

export function openTable(file: TableFile): Promise<Table> {
  const { kind, compression } = dataFormat(file.path);
  switch (kind) {
    case "csv":
      return csvTable(file, compression);
    case "parquet":
      return parquetTable(file);
    case "json-lines":
      return jsonTable(file, compression);
    default:
      return kind satisfies never;
  }
}
