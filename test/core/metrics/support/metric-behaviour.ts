import { expect, test } from "vitest";
import type { Metric } from "#core/metrics/metric";
import type { Task } from "#core/metrics/task";
import { MetricName } from "#core/names";
import { expectClose } from "./close.ts";
import type { MetricCase } from "./metric-cases.ts";

interface Subject<Rows> {
  readonly metrics: readonly Metric<Rows>[];
  readonly cases: readonly MetricCase<Rows>[];
  readonly task: Pick<Task<Rows>, "units" | "part">;
  /** Metrics that by their definition read the order of equal scores. */
  readonly ordered?: readonly string[];
}

/** What holds of every metric of a task. */
export function describeMetrics<Rows>({ metrics, cases, task, ordered = [] }: Subject<Rows>): void {
  test("has a reference for every metric and no more", () => {
    for (const { expected } of cases)
      if (Object.keys(expected).length > 0)
        expect(Object.keys(expected).sort()).toEqual(metrics.map(({ name }) => name).sort());
  });

  test("gives every metric a name of its own that evidence takes", () => {
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
    for (const { name } of metrics) expect(MetricName.parse(name)).toBe(name);
  });

  test.each(metrics.flatMap((metric) => cases.map((one) => ({ ...one, metric }))))(
    "$metric.name of $name, $weighting, is the reference's",
    ({ metric, rows, weights, expected }) => {
      expectClose(metric.prepare(rows)(weights), expected[metric.name] ?? null);
    },
  );

  test.each(metrics)("$name is undefined without rows", ({ prepare }) => {
    expect(prepare(task.part(cases[0]!.rows, new Uint32Array()))()).toBeUndefined();
  });

  test.each(metrics)("$name is undefined where nothing has weight", ({ prepare }) => {
    const { rows } = cases[0]!;
    expect(prepare(rows)(new Float64Array(task.units(rows)))).toBeUndefined();
  });

  const distinct = new Map(cases.map((one) => [one.name, one]));
  const subjects = metrics.flatMap((metric) =>
    [...distinct.values()].map(({ name, rows }) => ({ metric, name, rows })),
  );

  test.each(subjects.filter(({ metric }) => !ordered.includes(metric.name)))(
    "$metric.name of $name does not depend on the order of the rows",
    ({ metric, rows }) => {
      const backwards = Uint32Array.from({ length: task.units(rows) }, (_, at) => task.units(rows) - 1 - at);
      expectClose(metric.prepare(task.part(rows, backwards))(), metric.prepare(rows)() ?? null);
    },
  );

  test.each(subjects.filter(({ rows }) => task.units(rows) > 3))(
    "$metric.name of $name: weight two is the same as being there twice, weight zero as not being there",
    ({ metric, rows }) => {
      const weights = Float64Array.from({ length: task.units(rows) }, (_, unit) => unit % 3);
      const copies = Uint32Array.from([...weights].flatMap((times, unit) => new Array<number>(times).fill(unit)));
      expectClose(metric.prepare(rows)(weights), metric.prepare(task.part(rows, copies))() ?? null);
    },
  );

  test.each(subjects)("$metric.name of $name does not depend on the scale of the weights", ({ metric, rows }) => {
    const weights = Float64Array.from({ length: task.units(rows) }, (_, unit) => 1 + (unit % 5));
    const weigh = metric.prepare(rows);
    expectClose(weigh(weights.map((weight) => weight / 7)), weigh(weights) ?? null);
  });
}
