/**
 * What nearly every program needs to start: where programs, the home folder and temporary files are, and how text and
 * time are written. None of them carries a secret.
 */
export const BASE_ENVIRONMENT = [
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "TZ",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SystemRoot",
  "ComSpec",
  "PATHEXT",
  "USERPROFILE",
] as const;

/** The base list and the names the user allowed, as far as they are set here. */
export function chosenEnvironment(names: readonly string[]): Readonly<Record<string, string>> {
  const wanted = [...new Set<string>([...BASE_ENVIRONMENT, ...names])];
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
