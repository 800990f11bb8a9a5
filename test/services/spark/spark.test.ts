import { afterAll, beforeAll } from "vitest";
import { describeContracts } from "./contract-suite.ts";
import { describePatterns } from "./pattern-suite.ts";
import { type Spark, startSpark } from "./spark.ts";
import { describeTables } from "./table-suite.ts";

let spark: Spark;

beforeAll(async () => {
  spark = await startSpark();
});

afterAll(() => spark?.stop());

describeTables(() => spark);
describePatterns(() => spark);
describeContracts(() => spark);
