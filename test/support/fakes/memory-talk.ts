import { UserError } from "#core/errors";
import type { Checks, Comment, Comments, DeploymentState, Deployments } from "#core/ports/code-host";
import type { StoredComment, World } from "./world.ts";

export function memoryComments(world: World): Comments {
  const shape = ({ id, body, author, edited }: StoredComment): Comment => {
    return { id, url: `https://memory/comment/${id}`, body, author, mine: author === world.login, edited };
  };
  const stored = (number: number, marker: string) =>
    [...world.comments.values()].find(
      (one) => one.issue === number && one.author === world.login && one.body.startsWith(marker),
    );
  const marked = (marker: string, body: string) => (body.startsWith(marker) ? body : `${marker}\n${body}`);
  return {
    find: async (number, marker) => {
      const found = stored(number, marker);
      return found && shape(found);
    },
    get: async (id) => {
      const found = world.comments.get(id);
      return found && shape(found);
    },
    upsert: async (number, marker, text) => {
      const body = marked(marker, text);
      const found = stored(number, marker);
      if (found === undefined) return { comment: shape(world.comment(number, world.login, body)), change: "created" };
      if (found.body === body) return { comment: shape(found), change: "unchanged" };
      Object.assign(found, { body, edited: true });
      return { comment: shape(found), change: "edited" };
    },
    reply: async (number, marker, body) => {
      if (stored(number, marker) === undefined) world.comment(number, world.login, marked(marker, body));
    },
    react: async (id, reaction) => {
      world.comments.get(id)?.reactions.add(reaction);
    },
  };
}

export function memoryChecks(world: World): Checks {
  return {
    upsert: async (check) => {
      const key = `${check.commit} ${check.name}`;
      const existing = world.checks.get(key);
      if (JSON.stringify(existing) === JSON.stringify(check)) return "unchanged";
      world.checks.set(key, check);
      return existing === undefined ? "created" : "edited";
    },
  };
}

export function memoryDeployments(world: World): Deployments {
  const stored = (id: number): DeploymentState => {
    const found = world.deployments.get(id);
    if (found === undefined) throw new UserError("GITHUB_NOT_FOUND", `No deployment ${id}.`, "Check the number.");
    return found;
  };
  const inEnvironment = (environment: string) =>
    [...world.deployments.values()].filter((one) => one.environment === environment).reverse();
  return {
    list: async (environment, limit) => inEnvironment(environment).slice(0, limit),
    get: async (id) => stored(id),
    createOnce: async ({ commit, environment, payload, promotion }) => {
      const same = inEnvironment(environment).find(
        (one) => (one.payload as { promotion: string }).promotion === promotion && one.creator === world.login,
      );
      if (same !== undefined) return { deployment: same, created: false };
      const id = world.nextId();
      const createdAt = new Date(id * 1_000).toISOString();
      const creator = world.login;
      const deployment = {
        id,
        commit,
        environment,
        creator,
        payload: { ...payload, promotion },
        createdAt,
        statuses: [],
      };
      world.deployments.set(id, deployment);
      return { deployment, created: true };
    },
    setStatus: async (id, { state, description, environmentUrl, logUrl }) => {
      const deployment = stored(id);
      const status = { state, description, url: environmentUrl ?? logUrl ?? "" };
      if (JSON.stringify(deployment.statuses[0]) === JSON.stringify(status)) return;
      world.deployments.set(id, { ...deployment, statuses: [status, ...deployment.statuses] });
    },
  };
}
