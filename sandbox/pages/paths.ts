import type { RepositoryName } from "./view.ts";

const encode = (text: string): string => encodeURIComponent(text);

/** Where each page lives: the addresses that GitHub uses, so that `html_url` fields lead to them. */
export const paths = {
  home: "/",
  repository: ({ owner, name }: RepositoryName): string => `/${encode(owner)}/${encode(name)}`,
  pullRequest: (repository: RepositoryName, number: number): string =>
    `${paths.repository(repository)}/pull/${encode(String(number))}`,
  run: (repository: RepositoryName, id: number): string =>
    `${paths.repository(repository)}/actions/runs/${encode(String(id))}`,
  deployments: (repository: RepositoryName): string => `${paths.repository(repository)}/deployments`,
};
