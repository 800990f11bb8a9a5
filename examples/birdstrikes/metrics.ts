export interface Metrics {
  readonly rows: number;
  readonly positives: number;
  readonly roc_auc: number;
  readonly log_loss: number;
  readonly brier_score: number;
}

/** What the training run claims about itself. Tidemark computes its own from predictions.csv and compares. */
export function claimedMetrics(truth: readonly number[], scores: readonly number[]): Metrics {
  const pairs = truth.map((y, index) => ({ y, score: scores[index] ?? Number.NaN }));
  const mean = (loss: (y: number, score: number) => number): number =>
    pairs.reduce((sum, { y, score }) => sum + loss(y, score), 0) / pairs.length;
  return {
    rows: pairs.length,
    positives: pairs.filter(({ y }) => y === 1).length,
    roc_auc: areaUnderRoc(pairs),
    log_loss: mean((y, score) => -Math.log(Math.max(y === 1 ? score : 1 - score, 1e-15))),
    brier_score: mean((y, score) => (score - y) ** 2),
  };
}

/** The chance that a damaging strike scores above a harmless one; ties count half (Mann-Whitney with mid-ranks). */
function areaUnderRoc(pairs: readonly { readonly y: number; readonly score: number }[]): number {
  const groups = new Map<number, { rows: number; positives: number }>();
  for (const { y, score } of pairs) {
    const group = groups.get(score) ?? { rows: 0, positives: 0 };
    groups.set(score, { rows: group.rows + 1, positives: group.positives + y });
  }
  let below = 0;
  let rankSum = 0;
  let positives = 0;
  for (const [, group] of [...groups].sort(([left], [right]) => left - right)) {
    rankSum += group.positives * (below + (group.rows + 1) / 2);
    below += group.rows;
    positives += group.positives;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (pairs.length - positives));
}
