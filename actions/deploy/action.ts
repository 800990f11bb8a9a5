import { z } from "zod";
import { carryOut, type DeployPorts } from "#core/deployment/carry-out";
import { shortDigest } from "#core/digest";
import { code, plain } from "#core/report/markdown";
import { defineAction } from "#kit/define-action";
import { integer } from "#kit/input-types";
import { apiUrlInput, githubTokenInput, repositoryInput, workingDirectoryInput } from "#kit/shared-inputs";

export type DeployDeps = Omit<DeployPorts, "log">;

const inputs = {
  "deployment-id": integer({ min: 1 }).meta({
    input: { kind: "whole number", expression: "${{ github.event.deployment.id }}" },
    description: "The GitHub Deployment to carry out.",
  }),
  "working-directory": workingDirectoryInput(),
  "github-token": githubTokenInput(),
  repository: repositoryInput(),
  "api-url": apiUrlInput(),
};

const outputs = {
  outcome: z
    .enum(["serving", "superseded"])
    .meta({ description: "superseded when a newer generation is wanted by now." }),
  digest: z.string().meta({ description: "Digest the deployment asks for; when serving, read back from the server." }),
  endpoint: z.string().meta({ description: "Where it serves; empty when superseded." }),
};

export const deploy = defineAction({
  name: "deploy",
  title: "Deploy",
  description:
    "Carries out a deployment: fetches the recorded files, applies them, reads the digest back from what serves.",
  icon: "upload-cloud",
  color: "green",
  inputs,
  outputs,
  async run(given, deps: DeployDeps, { log }) {
    const deployed = await carryOut({ ...deps, log }, given["deployment-id"]);
    const { model, environment, digest } = deployed.payload;
    const name = `${code(model)} in ${code(environment)}`;
    if (deployed.kind === "superseded") {
      const summary = `➖ ${name}: generation ${deployed.by} is wanted by now, nothing was applied.`;
      return { outputs: { outcome: "superseded", digest, endpoint: "" }, summary };
    }
    const { endpoint, digest: served } = deployed.serving;
    const summary = `✅ ${name}: ${code(shortDigest(served))} serves at ${plain(endpoint)}.`;
    return { outputs: { outcome: "serving", digest: served, endpoint }, summary };
  },
});
