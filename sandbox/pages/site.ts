import { type Context, Hono } from "hono";
import { isPull } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { findRepository, type SandboxState } from "../state.ts";
import { blobPage } from "./blob-page.ts";
import { deploymentsPage } from "./deployments-page.ts";
import { releaseDownloads } from "./downloads.ts";
import { homePage } from "./home-page.ts";
import { CONTENT_POLICY } from "./layout.ts";
import { notFoundPage } from "./not-found-page.ts";
import { paths } from "./paths.ts";
import { pullRequestPage } from "./pull-request-page.ts";
import { repositoryPage } from "./repository-page.ts";
import { runPage } from "./run-page.ts";
import { blobView } from "./views/blob-view.ts";
import { deploymentsView } from "./views/deployment-view.ts";
import { repositoryName } from "./views/names-view.ts";
import { pullRequestView } from "./views/pull-request-view.ts";
import { homeView, repositoryView } from "./views/repository-view.ts";
import { runView } from "./views/run-view.ts";

const HEADERS = {
  "content-security-policy": CONTENT_POLICY,
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

/** API clients share these addresses: they read JSON, and most of them name it. */
function wantsJson({ req }: Context): boolean {
  const accept = req.header("accept") ?? "";
  if (accept.includes("text/html")) return false;
  return accept.includes("json") || !["GET", "HEAD"].includes(req.method) || /^\/(api|repos)\//.test(req.path);
}

function unknownPage(context: Context): Response {
  if (!wantsJson(context)) return context.html(notFoundPage(context.req.path), 404, HEADERS);
  const documentation_url = "https://docs.github.com/rest";
  return context.json({ message: "Not Found", documentation_url, status: "404" }, 404);
}

/** A page's markup, or undefined where the repository lacks the thing. */
type Show = (repository: Repository, context: Context) => Promise<string | undefined> | undefined;

type Reply = (repository: Repository, context: Context) => Response | undefined;

const REPOSITORY = "/:owner/:name";

/** GitHub's own addresses, for people: what REST does not know lands here. Nobody signs in, so private repositories show too. */
export function sandboxPages(state: SandboxState): Hono {
  const site = new Hono();
  const requested = (context: Context): Repository | undefined =>
    findRepository(state, `${context.req.param("owner")}/${context.req.param("name")}`);
  const reply = (path: string, answer: Reply): void => {
    site.get(`${REPOSITORY}${path}`, (context) => {
      const repository = requested(context);
      return (repository && answer(repository, context)) ?? unknownPage(context);
    });
  };
  const show = (path: string, view: Show): void => {
    site.get(`${REPOSITORY}${path}`, async (context) => {
      const repository = wantsJson(context) ? undefined : requested(context);
      const markup = repository && (await view(repository, context));
      return markup === undefined ? unknownPage(context) : context.html(markup, 200, HEADERS);
    });
  };
  site.notFound(unknownPage);
  // The host around the pages tells what broke.
  site.onError((error) => {
    throw error;
  });
  site.get("/", async (context) =>
    wantsJson(context) ? unknownPage(context) : context.html(await homePage(homeView(state)), 200, HEADERS),
  );
  addPages(show, state);
  addRedirects(reply);
  const download = releaseDownloads(state);
  reply("/releases/download/:tag/:file", (repository, { req }) =>
    download(repository, { tag: req.param("tag") ?? "", name: req.param("file") ?? "" }),
  );
  return site;
}

const numberOf = ({ req }: Context): number => Number(req.param("number"));

function addPages(show: (path: string, view: Show) => void, state: SandboxState): void {
  show("", async (repository) => repositoryPage(await repositoryView(state, repository)));
  show("/deployments", (repository) => deploymentsPage(deploymentsView(repository)));
  show("/pull/:number{[0-9]+}", async (repository, context) => {
    const issue = repository.issues.get(numberOf(context));
    return isPull(issue) ? pullRequestPage(await pullRequestView(state, repository, issue)) : undefined;
  });
  show("/actions/runs/:number{[0-9]+}", (repository, context) => {
    const run = repository.runs.get(numberOf(context));
    return run && runPage(runView(repository, run));
  });
  show("/blob/*", async (repository, context) => {
    const view = await blobView(repository, partsBelowBlob(context));
    return view && blobPage(view);
  });
}

/** The decoded parts behind `/owner/name/blob/`; none when the address is malformed. */
function partsBelowBlob({ req }: Context): string[] {
  const parts = new URL(req.url).pathname.split("/").slice(4);
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return [];
  }
}

/** Addresses that the API prints and that have their place on another page. */
function addRedirects(reply: (path: string, answer: Reply) => void): void {
  const sections = {
    "/pulls": "#pull-requests",
    "/actions": "#workflow-runs",
    "/branches": "#branches",
    "/releases": "#releases",
    "/releases/tag/:tag": "#releases",
    "/commit/:sha": "",
    "/commits/*": "",
    "/tree/*": "",
    "/deployments/activity_log": "/deployments",
  };
  for (const [path, rest] of Object.entries(sections)) {
    reply(path, (repository, context) => context.redirect(`${paths.repository(repositoryName(repository))}${rest}`));
  }
  const toPull = (hash: string): Reply => {
    return (repository, context) => {
      const number = numberOf(context);
      if (!isPull(repository.issues.get(number))) return undefined;
      return context.redirect(`${paths.pullRequest(repositoryName(repository), number)}${hash}`);
    };
  };
  reply("/issues/:number{[0-9]+}", toPull(""));
  for (const tab of ["files", "commits", "checks"]) reply(`/pull/:number{[0-9]+}/${tab}`, toPull(`#${tab}`));
}
