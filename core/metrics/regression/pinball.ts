import { regressionMean } from "./regression-mean.ts";

/**
 * Pinball loss of a quantile's forecast: a row that lies above it costs its distance times the quantile, one below it
 * times the rest. At 0.5 it is half the MAE. Source: Koenker & Bassett 1978, Econometrica 46(1).
 */
function pinball(quantile: number) {
  return regressionMean({
    name: `pinball_${quantile}`,
    title: `pinball loss at ${quantile}`,
    direction: "lower-is-better",
    perRow: (target, prediction) =>
      target >= prediction ? quantile * (target - prediction) : (1 - quantile) * (prediction - target),
  });
}

export const PINBALL_METRICS = [pinball(0.1), pinball(0.5), pinball(0.9)];
