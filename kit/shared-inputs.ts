import { type InputNote, integer, path, secret, text } from "./input-types.ts";

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
