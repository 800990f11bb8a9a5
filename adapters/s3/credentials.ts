import { UserError } from "#core/errors";

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** Where they come from, for sentences; never their values. */
  readonly source: "environment" | "web identity";
}

/** Keys that are good now; asked for before each request. @throws UserError STORE_CREDENTIALS */
export type Credentials = () => Promise<Keys>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of Amazon's own tools, which their action for GitHub sets as well. Looks at them when they are needed. */
export function environmentCredentials(environment: Environment): Credentials {
  return async () => {
    const sessionToken = environment["AWS_SESSION_TOKEN"] ? variable(environment, "AWS_SESSION_TOKEN") : undefined;
    return {
      accessKeyId: variable(environment, "AWS_ACCESS_KEY_ID"),
      secretAccessKey: variable(environment, "AWS_SECRET_ACCESS_KEY"),
      sessionToken,
      source: "environment",
    };
  };
}

/** @throws UserError STORE_CREDENTIALS when it is unset or holds what no such variable can; the value is never told */
export function variable(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === "") {
    const hint = `Set it in the job's "env:" from a secret, or set AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE.`;
    throw new UserError("STORE_CREDENTIALS", `The variable ${name} is not set.`, hint);
  }
  if (!/^[\x21-\x7e]+$/.test(value)) {
    const problem = `The variable ${name} holds a space, a line break or a character that is not ASCII.`;
    throw new UserError("STORE_CREDENTIALS", problem, "Store the secret again without what stands around it.");
  }
  return value;
}
