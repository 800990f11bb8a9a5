/** Who we are on GitHub: the login our token writes under, such as `tidemark[bot]` or `github-actions[bot]`. */
export interface Identity {
  readonly login: string;
  /** The app's id, where it is known. */
  readonly appId?: number;
}

interface Authored {
  readonly user: { readonly login: string; readonly type: string } | null;
  readonly performed_via_github_app?: { readonly id: number } | null | undefined;
}

const isApp = (login: string): boolean => login.endsWith("[bot]");

/** Whether we wrote it. A person may take any name but not one that ends in [bot], nor the type Bot. */
export function isOwnComment({ user, performed_via_github_app: app }: Authored, identity: Identity): boolean {
  if (user === null || user.login.toLowerCase() !== identity.login.toLowerCase()) return false;
  if (isApp(identity.login) && user.type !== "Bot") return false;
  return identity.appId === undefined || app == null || app.id === identity.appId;
}

interface AppOwned {
  readonly app?: { readonly id: number; readonly slug?: string | undefined } | null | undefined;
}

/** Whether our app made a check run; two apps may use one name. */
export function isOwnCheck({ app }: AppOwned, { login, appId }: Identity): boolean {
  if (appId !== undefined) return app?.id === appId;
  return isApp(login) ? app?.slug === login.slice(0, -"[bot]".length).toLowerCase() : true;
}
