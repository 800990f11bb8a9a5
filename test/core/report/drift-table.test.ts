import { describe, expect, test } from "vitest";
import { compareColumns } from "#core/data/drift/compare-columns";
import { compareWithProfile } from "#core/data/profile/compare-with-profile";
import { profileOf } from "#core/data/profile/profile-of";
import { driftSection } from "#core/report/drift-table";
import { categorical, numeric } from "../data/drift/support/cases.ts";

const ramp = (name: string, rows: number, shift = 0) =>
  numeric(
    Array.from({ length: rows }, (_, i) => (i + 0.5) / rows + shift),
    name,
  );

const REFERENCE = [
  ramp("speed", 5000),
  ramp("height", 5000),
  categorical({ "B-737": 900, "A-320": 1100 }, 100, "aircraft_model"),
  categorical({ Approach: 2000, Climb: 1000 }, 0, "phase"),
  numeric([1, Number.POSITIVE_INFINITY], "cost"),
];
const CURRENT = [
  ramp("speed", 900, 0.28),
  ramp("height", 900, 0.004),
  categorical({ "B-737": 400, "A-320": 490, "secret type": 57 }, 90, "aircraft_model"),
  categorical({ Approach: 20, Climb: 9 }, 0, "phase"),
  numeric([1, 2], "cost"),
];

describe("the drift section", () => {
  test("has the worst column first", async () => {
    await expect(driftSection(compareColumns(REFERENCE, CURRENT))).toMatchFileSnapshot("golden/drift-drifted.md");
  });

  test("against a profile states the error bound", async () => {
    const profile = profileOf([ramp("speed", 5000)], { sampleSize: 500 });
    const section = driftSection(compareWithProfile(profile, [ramp("speed", 900, 0.01)]));
    await expect(section).toMatchFileSnapshot("golden/drift-none.md");
  });

  test("without columns says so", () => {
    expect(driftSection(compareColumns([], []))).toContain("no columns were compared");
  });

  test("tells no category, and lets no column's name format the page", () => {
    const hostile = "x | y\n<img src=x> @team [a](http://b) `c`";
    const section = driftSection(compareColumns([ramp(hostile, 900)], [ramp(hostile, 900, 0.5)]));
    // In the table the name is a code span, where nothing is Markdown.
    expect(section.split("\n").find((line) => line.startsWith("- "))).not.toMatch(/<img|@team|\]\(http:\//);
    expect(section.split("\n").filter((line) => line.startsWith("| ⚠️"))).toHaveLength(1);
    expect(driftSection(compareColumns(REFERENCE, CURRENT))).not.toContain("secret type");
  });
});
