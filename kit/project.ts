/** Where the project lives; messages and usage examples point here. */
export const project = {
  /** As in package.json; a test compares them. */
  version: "0.1.0",
  repository: "tidemark-ml/tidemark",
  issues: "https://github.com/tidemark-ml/tidemark/issues",
} as const;
