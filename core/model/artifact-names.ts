/** Names of the artifacts that hand a model from job to job. */
export const artifactName = {
  candidate: (model: string): string => `tidemark-candidate-${model}`,
  report: (model: string): string => `tidemark-report-${model}`,
};
