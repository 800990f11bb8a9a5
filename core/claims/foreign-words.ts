// What words mean in the metrics files people have. Each list is one text, its words joined by _.

export type Words = ReadonlySet<string>;
const words = (text: string): Words => new Set(text.split("_"));

export const TEST = words("test_testing_holdout_heldout_predict_oot_oos");
export const VALIDATION = words("validation_val_valid_eval_dev");
export const CROSS_VALIDATION = words("cv_oof_crossval_crossvalidation");
export const TRAIN = words("train_training_insample");
export const BEST = words("best_overall_champion_final_winner_selected");
export const AVERAGES = words("macro_micro_weighted_samples");

/** Words that say nothing about which number it is. */
export const CONTAINERS = words(
  "metrics_metric_results_result_performance_report_summary_stats_statistics_evaluation_models_model_data_workspace_" +
    "set_mean_avg_average_value_estimate_point_scores_regression_classification_binary_multiclass_leaderboard_new",
);

/** The number itself, below a key that names the metric. */
export const VALUES = words("value_mean_avg_average_score_estimate_point_new");

export const SLICE_SECTIONS = words("slices_slice_segments_segment_classes_groups_subgroups_cohorts");
export const SLICE_LABELS = words("class_label_slice_segment_group_subgroup_cohort_category");
export const MODEL_LABELS = words("model_modelname_name_algorithm_estimator_split_dataset_subset_fold_classifier");
export const POINTERS = words(
  "best_bestmodel_bestmodelname_champion_championmodel_winner_selectedmodel_selected_finalmodel_bestestimator",
);

const SPREAD_ANYWHERE = words("std_stdev_stddev_sd_stderr_sem_variance_ci_interval_deviation");
const SPREAD_LAST = words("min_max_lower_upper_var_se_low_high_median_iqr_range");
const OTHER_MODEL = words("dummy_baseline_before_previous_prev_old_naive_majority_prior");
const DIFFERENCE = words("improvement_delta_diff_difference_change_gap_gain_uplift");
const SETTING = words(
  "seed_epoch_epochs_iteration_iterations_step_steps_threshold_thresholds_version_timestamp_date_datetime_year_id_" +
    "port_depth_estimators_folds_fold_trial_trials_flos_params_parameters_hyperparameters_hyperparams_config_args_" +
    "features_feature_importance_importances_coefficients_alpha_patience_checkpoint_metadata_environment_git_commit_" +
    "matrix_curve_curves_histogram_pvalue",
);
const COUNT_FIRST = words("n_num_count_number_total_nb");
const COUNT_LAST = words(
  "n_count_counts_samples_rows_support_size_examples_instances_observations_records_classes_tp_fp_tn_fn_positives_" +
    "negatives_len_length_tokens_columns",
);

/** Why a key's number is no metric of this model; undefined when nothing says so. */
export function notAMetric(key: readonly string[]): string | undefined {
  const last = key.at(-1) ?? "";
  if (key.some((word) => OTHER_MODEL.has(word))) return "belongs to another or an earlier model";
  if (key.some((word) => SPREAD_ANYWHERE.has(word)) || SPREAD_LAST.has(last)) return "a spread or a bound";
  if (key.some((word) => DIFFERENCE.has(word))) return "a difference, not a value";
  if (key[0] === "fold") return "one fold of a cross-validation";
  if (COUNT_FIRST.has(key[0] ?? "") || COUNT_LAST.has(last)) return "a count";
  if (isSetting(key)) return "a setting, not a result";
  return undefined;
}

function isSetting(key: readonly string[]): boolean {
  const text = key.join("_");
  if (/(?:^|_)(?:learning_rate|batch_size|p_value|random_state)$/.test(text)) return true;
  // f1_at_best_threshold is a result, best_threshold is none.
  return !key.includes("at") && key.some((word) => SETTING.has(word));
}
