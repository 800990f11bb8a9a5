import type { Deliverer } from "../events/deliverer.ts";
import type { Route } from "../http/route.ts";
import type { BlobStore } from "../runner/blob-store.ts";
import { actionsRoutes } from "./actions.ts";
import { appHookRoutes } from "./app-hook.ts";
import { appRoutes } from "./apps.ts";
import { assetRoutes } from "./assets.ts";
import { checkRoutes } from "./checks.ts";
import { commentRoutes } from "./comments.ts";
import { commitRoutes } from "./commits.ts";
import { contentRoutes } from "./contents.ts";
import { deploymentRoutes } from "./deployments.ts";
import { dispatchRoutes } from "./dispatches.ts";
import { environmentRoutes } from "./environments.ts";
import { gitDataRoutes } from "./git-data.ts";
import { issueRoutes } from "./issues.ts";
import { labelRoutes } from "./labels.ts";
import { metaRoutes } from "./meta.ts";
import { pullRoutes } from "./pulls.ts";
import { refRoutes } from "./refs.ts";
import { releaseRoutes } from "./releases.ts";
import { repositoryRoutes } from "./repositories.ts";
import { reviewRoutes } from "./reviews.ts";
import { statusRoutes } from "./statuses.ts";

export function allRoutes({ deliverer, blobs }: { deliverer: Deliverer; blobs: BlobStore }): readonly Route[] {
  return [
    ...metaRoutes,
    ...repositoryRoutes,
    ...contentRoutes,
    ...commitRoutes,
    ...gitDataRoutes,
    ...refRoutes,
    ...pullRoutes,
    ...issueRoutes,
    ...commentRoutes,
    ...checkRoutes,
    ...reviewRoutes,
    ...labelRoutes,
    ...statusRoutes,
    ...deploymentRoutes,
    ...environmentRoutes,
    ...actionsRoutes(blobs),
    ...dispatchRoutes,
    ...releaseRoutes,
    ...assetRoutes(blobs),
    ...appRoutes,
    ...appHookRoutes(deliverer),
  ];
}
