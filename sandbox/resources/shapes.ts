/** GitHub's published response types, so that the compiler finds a missing field. */
import type { RestEndpointMethodTypes as Methods } from "@octokit/rest";

type Data<Group extends keyof Methods, Name extends keyof Methods[Group]> = Methods[Group][Name] extends {
  response: { data: infer Shape };
}
  ? Shape
  : never;

export type UserShape = Data<"issues", "listAssignees">[number];
export type FullRepositoryShape = Data<"repos", "get">;
export type MinimalRepositoryShape = Data<"repos", "listForks">[number];
export type CommitShape = Data<"repos", "getCommit">;
export type GitCommitShape = Data<"git", "getCommit">;
export type RefShape = Data<"git", "getRef">;
export type BranchShape = Data<"repos", "getBranch">;
export type IssueShape = Data<"issues", "get">;
export type CommentShape = Data<"issues", "getComment">;
export type LabelShape = Data<"issues", "listLabelsForRepo">[number];
export type ReactionShape = Data<"reactions", "createForIssueComment">;
export type PullShape = Data<"pulls", "get">;
export type PullSimpleShape = Data<"pulls", "list">[number];
export type FileShape = Data<"pulls", "listFiles">[number];
export type ReviewShape = Data<"pulls", "getReview">;
export type CheckRunShape = Data<"checks", "get">;
export type CheckSuiteShape = Data<"checks", "getSuite">;
export type StatusShape = Data<"repos", "createCommitStatus">;
export type CombinedStatusShape = Data<"repos", "getCombinedStatusForRef">;
export type DeploymentShape = Data<"repos", "getDeployment">;
export type DeploymentStatusShape = Data<"repos", "getDeploymentStatus">;
export type EnvironmentShape = Data<"repos", "getEnvironment">;
export type WorkflowShape = Data<"actions", "getWorkflow">;
export type WorkflowRunShape = Data<"actions", "getWorkflowRun">;
export type ArtifactShape = Data<"actions", "getArtifact">;
export type ReleaseShape = Data<"repos", "getRelease">;
export type AssetShape = Data<"repos", "getReleaseAsset">;
export type AppShape = NonNullable<Data<"apps", "getAuthenticated">>;
export type InstallationShape = Data<"apps", "getInstallation">;
export type ProtectionShape = Data<"repos", "getBranchProtection">;
export type DeliveryShape = Data<"apps", "getWebhookDelivery">;
export type DeliveryItemShape = Data<"apps", "listWebhookDeliveries">[number];
