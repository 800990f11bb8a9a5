import type { DeploymentView, PullRequestView, RepositoryView, RunView } from "#sandbox/pages/view";

const repository = { owner: "acme", name: "churn" };
const mara = { login: "mara", isBot: false };
const jonas = { login: "jonas", isBot: false };
const bot = { login: "tidemark[bot]", isBot: true };

const REPORT = `### churn: **pass**

The candidate is at least as good as the model in production.

| metric | production | candidate | difference | 95% lower bound | gate |
|:--|--:|--:|--:|--:|:--|
| **roc_auc** | 0.9012 | 0.9174 | +0.0162 | +0.0098 | ✅ at least −0.005 |
| recall | 0.7120 | 0.7305 | +0.0185 | +0.0021 | ✅ at least −0.010 |
| latency p95 (ms) | 41 | 43 | +2 | | ✅ at most 60 |

> [!WARNING]
> Slice \`plan=enterprise\` has 212 rows; 400 are needed to say anything about it.

<details><summary>Lineage</summary>

- data \`sha256:9f2c…\`, 48,210 rows
- [x] same holdout as production
- [ ] signed

</details>

\`\`\`mermaid
graph LR; train --> compare --> promote
\`\`\`

See #3 and acme/churn#4.`;

const deployment: DeploymentView = {
  id: 31,
  environment: "production",
  state: "success",
  ref: "main",
  sha: "a3f09c1de5b0a3f09c1de5b0a3f09c1de5b0a3f0",
  description: "churn 3, 100% of traffic",
  creator: bot,
  at: "2026-03-02T10:41:00Z",
  url: "http://127.0.0.1:4711/predict",
  history: [
    { state: "pending", at: "2026-03-02T10:40:00Z", description: "" },
    { state: "in_progress", at: "2026-03-02T10:40:20Z", description: "canary at 10%" },
    { state: "success", at: "2026-03-02T10:41:00Z", description: "churn 3, 100% of traffic" },
  ],
};

export const pullRequest = (fields: Partial<PullRequestView> = {}): PullRequestView => ({
  repository,
  number: 7,
  title: "Promote churn to version 3",
  state: "open",
  author: mara,
  at: "2026-03-02T09:00:00Z",
  headRef: "promote/churn/v3",
  baseRef: "main",
  body: "Retrained on **February's** rows.\n\nCloses #5.",
  labels: ["model", "promotion"],
  comments: [
    { author: bot, at: "2026-03-02T09:04:00Z", body: REPORT },
    {
      author: jonas,
      at: "2026-03-02T09:30:00Z",
      body: "/model promote",
      reactions: [
        { content: "rocket", count: 1 },
        { content: "+1", count: 2 },
      ],
    },
  ],
  reviews: [{ author: jonas, at: "2026-03-02T09:29:00Z", state: "approved", body: "The lower bound convinces me." }],
  checks: [
    {
      name: "tidemark / churn",
      app: "Tidemark",
      status: "completed",
      conclusion: "success",
      title: "pass: 3 of 3 rules",
      summary: "`roc_auc` **+0.0162** over production, n = 12,000.",
      detailsUrl: "http://127.0.0.1:4711/runs/1",
      isRequired: true,
    },
    {
      name: "train",
      app: "GitHub Actions",
      status: "completed",
      conclusion: "success",
      detailsUrl: "/acme/churn/actions/runs/12",
    },
    { name: "lint", app: "GitHub Actions", status: "completed", conclusion: "failure" },
    { name: "docs", app: "GitHub Actions", status: "in_progress" },
  ],
  commits: [
    { sha: "c1de5b0a3f09", message: "Promote churn to version 3\n\nby hand", author: mara, at: "2026-03-02T08:58:00Z" },
  ],
  files: [
    {
      path: "registry/churn/production.yaml",
      status: "modified",
      additions: 2,
      deletions: 2,
      patch:
        "@@ -1,5 +1,5 @@\n model: churn\n environment: production\n-version: 2\n-digest: sha256:1111\n+version: 3\n+digest: sha256:9f2c\n generation: 8\n\\ No newline at end of file",
    },
    { path: "plots/roc.png", status: "added", additions: 0, deletions: 0 },
  ],
  deployments: [deployment],
  ...fields,
});

export const emptyPullRequest = (): PullRequestView =>
  pullRequest({ body: "", labels: [], comments: [], reviews: [], checks: [], commits: [], files: [], deployments: [] });

export const repositoryView = (): RepositoryView => ({
  repository,
  description: "Predicts which customers leave",
  defaultBranch: "main",
  branches: [
    { name: "main", sha: "a3f09c1de5b0", isProtected: true },
    { name: "promote/churn/v3", sha: "c1de5b0a3f09", isProtected: false },
  ],
  pullRequests: [
    { number: 7, title: "Promote churn to version 3", state: "open", author: mara, at: "2026-03-02T09:00:00Z" },
    { number: 6, title: "Promote churn to version 2", state: "merged", author: bot, at: "2026-02-01T09:00:00Z" },
  ],
  runs: [
    {
      id: 12,
      workflow: "train",
      event: "push",
      branch: "main",
      at: "2026-03-02T08:00:00Z",
      status: "completed",
      conclusion: "success",
    },
    {
      id: 13,
      workflow: "monitor",
      event: "schedule",
      branch: "main",
      at: "2026-03-02T09:00:00Z",
      status: "in_progress",
    },
  ],
  deployments: [deployment],
  releases: [
    {
      tag: "churn/v2",
      name: "",
      at: "2026-02-01T10:00:00Z",
      body: "First with **calibration**.",
      assets: [{ name: "model.onnx", sizeBytes: 2_516_582, url: "/acme/churn/releases/download/churn/v2/model.onnx" }],
    },
  ],
  readme: "# churn\n\nSee `.github/tidemark.yml`.",
});

export const run = (): RunView => ({
  repository,
  id: 12,
  number: 4,
  workflow: "train",
  event: "push",
  branch: "main",
  sha: "a3f09c1de5b0",
  actor: mara,
  at: "2026-03-02T08:00:00Z",
  status: "completed",
  conclusion: "failure",
  artifacts: [{ name: "tidemark-candidate-churn", sizeBytes: 48_210 }],
  jobs: [
    {
      id: 1,
      name: "compare",
      status: "completed",
      conclusion: "failure",
      summary: "## churn\n\n| metric | value |\n|--|--|\n| roc_auc | 0.9174 |",
      steps: [
        { number: 1, name: "Set up job", status: "completed", conclusion: "success", seconds: 1, log: "" },
        {
          number: 2,
          name: "Compare with production",
          status: "completed",
          conclusion: "failure",
          seconds: 3,
          log: "##[group]Inputs\nmodel: churn\n##[endgroup]\n\u001b[33m##[warning]212 rows in plan=enterprise\u001b[0m\n##[error]recall fell by 0.09",
        },
        { number: 3, name: "Promote", status: "completed", conclusion: "skipped", log: "" },
      ],
    },
  ],
});

export const deployments = () => ({
  repository,
  deployments: [
    deployment,
    { ...deployment, id: 30, state: "inactive" as const, history: [], description: "churn 2" },
    { ...deployment, id: 29, environment: "staging", state: "failure" as const, url: undefined, history: [] },
  ],
});
