import { UserError } from "#core/errors";
import type { ArtifactUploader } from "#core/ports/artifacts";

/** Uploads through GitHub's own artifact service; works only inside a running job. */
export function artifactUploader(): ArtifactUploader {
  return { upload };
}

async function upload(name: string, files: readonly string[], root: string): Promise<void> {
  // Large and only needed by the steps that upload.
  const { DefaultArtifactClient } = await import("@actions/artifact");
  try {
    await new DefaultArtifactClient().uploadArtifact(name, [...files], root);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, "") : "unknown reason";
    throw new UserError(
      "ARTIFACT_NOT_UPLOADED",
      `The artifact "${name}" was not uploaded: ${reason}.`,
      hintFor(error),
      {
        cause: error,
      },
    );
  }
}

function hintFor(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  switch (name) {
    case "FilesNotFoundError":
      return "Check that the step which writes the files ran before.";
    case "GHESNotSupportedError":
      return "GitHub Enterprise Server does not take artifacts from this client; use a release store.";
    case "UsageError":
      return "The account's artifact storage is full; delete old artifacts.";
    case "NetworkError":
      return "Run the job again; if it stays, allow this runner to reach GitHub's artifact storage.";
    default:
      return "Check that this runs as a step of a GitHub Actions job and that the name is not taken in this run.";
  }
}
