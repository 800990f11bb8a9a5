import { ok } from "../http/answer.ts";
import { notFound } from "../http/api-error.ts";
import { anyone, type Route, route, signedIn } from "../http/route.ts";
import { publicUser } from "../resources/user.ts";

export const metaRoutes: readonly Route[] = [
  route("GET /meta", anyone, () => ok({ verifiable_password_authentication: false })),
  route("GET /zen", anyone, () => ({
    status: 200,
    raw: { contentType: "text/plain", content: "Keep it logically awesome." },
  })),
  route("GET /rate_limit", anyone, () => {
    const reset = Math.ceil(Date.now() / 3_600_000) * 3600;
    const core = { limit: 5000, used: 0, remaining: 5000, reset };
    return ok({ resources: { core, search: { ...core, limit: 30, remaining: 30 }, graphql: core }, rate: core });
  }),
  route("GET /user", signedIn, (call) => ok(publicUser(call.state, call.account))),
  route("GET /users/{username}", anyone, (call) => {
    const account = call.state.accounts.get(call.parameter("username").toLowerCase());
    if (!account) throw notFound();
    return ok(publicUser(call.state, account));
  }),
];
