import { authorize } from "../auth/authorize.ts";
import { ApiError } from "../http/api-error.ts";
import type { Cause } from "../http/call.ts";
import type { Access } from "../http/route.ts";
import type { Repository } from "../model/repository.ts";
import { GraphqlError } from "./graphql-error.ts";

/** The same permissions as the REST routes, refused in GraphQL's words. */
export function authorizeGraphql(cause: Cause, repository: Repository, access: Access): void {
  try {
    authorize(cause.actor, access, repository);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new GraphqlError("FORBIDDEN", error.message);
  }
}
