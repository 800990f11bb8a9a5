import type { Direction } from "../metrics/metric.ts";

export interface Alias {
  readonly name: string;
  readonly direction: Direction;
  /** Place in the table: of several metrics the first is taken as the primary one. */
  readonly preference: number;
}

type Row = readonly [name: string, direction: "+" | "-", spellings: string];

// Spellings are compared without case, spaces and signs, so ROC-AUC, rocAuc and roc_auc are one. Names are
// scikit-learn's in snake_case where it has the metric. Earlier rows are preferred as the primary metric: first those
// that look at the whole ranking of scores, then those at one threshold, then parts of these.
const TABLE: readonly Row[] = [
  ["roc_auc", "+", "auc rocaucscore aucroc auroc areaunderroc rocareaundercurve aucscore areaunderthecurve"],
  ["roc_auc_ovr", "+", "rocaucovrscore aucovr"],
  ["roc_auc_ovo", "+", "rocaucovoscore aucovo"],
  ["average_precision", "+", "ap avgprec averageprecisionscore prauc aucpr auprc praucscore precisionrecallauc"],
  ["map50_95", "+", "map5095 map05095 map5095all cocomap"],
  ["map50", "+", "map05 map50all ap50"],
  ["f1", "+", "f1score fscore fmeasure f1measure fone"],
  ["mcc", "+", "matthews matthewscorrcoef matthewscorrelation matthewscorrelationcoefficient"],
  ["balanced_accuracy", "+", "balancedaccuracyscore balancedacc bacc"],
  ["accuracy", "+", "acc accuracyscore categoricalaccuracy binaryaccuracy top1accuracy accuracytop1 top1acc"],
  ["cohen_kappa", "+", "kappa cohenskappa cohenkappascore quadraticweightedkappa qwk"],
  ["rmse", "-", "rootmeansquarederror rootmeansquareerror rmserror"],
  ["mae", "-", "meanabsoluteerror meanabserror meanae"],
  ["r2", "+", "r2score rsquared rsquare coefficientofdetermination rsq"],
  ["mse", "-", "meansquarederror meansquareerror"],
  ["mape", "-", "meanabsolutepercentageerror"],
  ["smape", "-", "symmetricmeanabsolutepercentageerror"],
  ["wape", "-", "weightedabsolutepercentageerror wmape"],
  ["mase", "-", "meanabsolutescalederror"],
  ["rmsle", "-", "rootmeansquaredlogerror rootmeansquaredlogarithmicerror"],
  ["msle", "-", "meansquaredlogerror"],
  ["median_ae", "-", "medianabsoluteerror medae"],
  ["max_error", "-", "maxerr maximumerror"],
  ["explained_variance", "+", "explainedvariancescore varianceexplained evs"],
  ["adjusted_r2", "+", "adjr2 r2adjusted adjustedr2score r2adj"],
  ["ndcg", "+", "ndcgscore normalizeddiscountedcumulativegain"],
  ["map", "+", "meanaverageprecision mapscore"],
  ["mrr", "+", "meanreciprocalrank"],
  ["hit_rate", "+", "hitratio hits hr"],
  ["wer", "-", "worderrorrate"],
  ["cer", "-", "charactererrorrate charerrorrate"],
  ["bleu", "+", "bleuscore sacrebleu bleu4"],
  ["rouge_l", "+", "rougel rougelsum rougelf1"],
  ["rouge_1", "+", "rouge1"],
  ["rouge_2", "+", "rouge2"],
  ["chrf", "+", "chrfscore"],
  ["meteor", "+", "meteorscore"],
  ["bertscore", "+", "bertscoref1"],
  ["exact_match", "+", "em exact exactmatchaccuracy"],
  ["perplexity", "-", "ppl"],
  ["iou", "+", "miou meaniou intersectionoverunion meanintersectionoverunion jaccard jaccardscore jaccardindex"],
  ["dice", "+", "dicescore dicecoefficient dsc"],
  ["psnr", "+", "peaksignaltonoiseratio"],
  ["ssim", "+", "structuralsimilarity"],
  ["fid", "-", "frechetinceptiondistance"],
  ["silhouette", "+", "silhouettescore"],
  ["davies_bouldin", "-", "daviesbouldinscore daviesbouldinindex"],
  ["calinski_harabasz", "+", "calinskiharabaszscore"],
  ["adjusted_rand", "+", "ari adjustedrandscore adjustedrandindex"],
  ["normalized_mutual_info", "+", "nmi normalizedmutualinfoscore"],
  ["gini", "+", "giniscore ginicoefficient normalizedgini"],
  ["ks", "+", "ksstatistic ksstat ksscore"],
  ["spearman", "+", "spearmanr spearmancorrelation spearmanrho"],
  ["pearson", "+", "pearsonr pearsoncorrelation correlation corr"],
  ["kendall", "+", "kendalltau"],
  ["concordance_index", "+", "cindex concordance"],
  ["log_loss", "-", "logloss crossentropy crossentropyloss binarycrossentropy bce nll negativeloglikelihood"],
  ["brier", "-", "brierscore brierscoreloss brierloss"],
  ["ece", "-", "expectedcalibrationerror calibrationerror"],
  ["pinball", "-", "pinballloss quantileloss"],
  ["d2", "+", "d2score d2absoluteerrorscore"],
  ["precision", "+", "precisionscore prec ppv positivepredictivevalue"],
  ["recall", "+", "recallscore rec sensitivity tpr truepositiverate"],
  ["specificity", "+", "tnr truenegativerate"],
  ["npv", "+", "negativepredictivevalue"],
  ["fpr", "-", "falsepositiverate falsealarmrate fallout"],
  ["fnr", "-", "falsenegativerate missrate"],
  ["error_rate", "-", "misclassificationrate classificationerror err"],
  ["hamming_loss", "-", ""],
  ["lift", "+", ""],
  ["demographic_parity_difference", "-", "dpd statisticalparitydifference"],
  ["demographic_parity_ratio", "+", "dpr disparateimpact disparateimpactratio"],
  ["equalised_odds_difference", "-", "equalizedoddsdifference eod"],
  ["reward", "+", "meanreward episodereward averagereward"],
  ["bias", "-", ""],
  ["score", "+", ""],
  ["loss", "-", "totalloss"],
  ["error", "-", ""],
  ["similarity", "+", "cosinesimilarity"],
];

const BY_SPELLING: ReadonlyMap<string, Alias> = new Map(
  TABLE.flatMap(([name, sign, spellings], preference) => {
    const alias: Alias = { name, direction: sign === "+" ? "higher-is-better" : "lower-is-better", preference };
    const all = [name.replaceAll("_", ""), ...spellings.split(" ").filter((spelling) => spelling !== "")];
    return all.map((spelling) => [spelling, alias] as const);
  }),
);

/** Spellings that are known, without case and signs. */
export const SPELLINGS: readonly string[] = [...BY_SPELLING.keys()];

export function aliasOf(words: readonly string[]): Alias | undefined {
  return BY_SPELLING.get(words.join(""));
}
