import { ENGINE_CHOICES } from "#core/data/engines/choose-engine";
import { choice, type InputNote, integer, path, secret, text } from "./input-types.ts";

// Inputs that mean the same in every action that has them.

const given = (source: Pick<InputNote, "environment" | "expression">, description: string) => ({
  input: { kind: "text", ...source },
  description,
});

export const configInput = () =>
  path().prefault(".github/tidemark.yml").meta({ description: "The configuration, below the working directory." });

export const modelInput = () => text().meta({ description: "Name of the model in the configuration." });

export const environmentInput = () => text().meta({ description: "Name of the environment, such as production." });

export const workingDirectoryInput = () =>
  path().prefault(".").meta({ description: "Folder of the repository's checkout." });

export const githubTokenInput = () =>
  secret({ environment: "GITHUB_TOKEN", expression: "${{ github.token }}" }).meta({
    description: "Token for GitHub's API.",
  });

export const repositoryInput = () =>
  text()
    .regex(/^[\w.-]+\/[\w.-]+$/, { error: "expected owner/name" })
    .meta(
      given(
        { environment: "GITHUB_REPOSITORY", expression: "${{ github.repository }}" },
        "The repository as owner/name.",
      ),
    );

export const apiUrlInput = () =>
  text()
    .prefault("https://api.github.com")
    .meta(given({ environment: "GITHUB_API_URL", expression: "${{ github.api_url }}" }, "Address of GitHub's API."));

export const pullRequestInput = () =>
  integer({ min: 1 })
    .optional()
    .meta({ description: "Number of the pull request to comment on; no comment when left out." });

/** Spread into the inputs of every action that reads rows. */
export const engineInputs = () => ({
  engine: choice(ENGINE_CHOICES)
    .prefault("auto")
    .meta({ description: "What reads the rows: DuckDB, the built-in reader for CSV, or what suits each file." }),
  "engine-folder": path()
    .optional()
    .meta({ description: "Folder of DuckDB's native files, for a runner that reaches no npm registry." }),
  registry: text().optional().meta({
    description: "npm registry that DuckDB's native files are fetched from; npm's own setting when left out.",
  }),
});
