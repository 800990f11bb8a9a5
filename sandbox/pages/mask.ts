const ADD_MASK = /^::add-mask::(?<value>.*)(\r?\n|$)/gm;

/** How @actions/core writes line ends and percent signs in a command. */
const unescaped = (value: string): string =>
  value.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");

/** The logs of a job's steps with every value that a step asked to hide as `***`, and the asking taken out. */
export function maskSecrets(logs: readonly string[]): string[] {
  const commands = logs.flatMap((log) => [...log.matchAll(ADD_MASK)]);
  const secrets = commands.map(({ groups }) => unescaped(groups?.["value"] ?? "").trim()).filter((one) => one !== "");
  // A longer secret may hold a shorter one.
  const longestFirst = [...new Set(secrets)].sort((one, other) => other.length - one.length);
  const hide = (text: string): string => longestFirst.reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
  return logs.map((log) => hide(log.replace(ADD_MASK, "")));
}
