/** What a process answers: done or passed · not passed · something the user can mend · our bug. */
export type ExitCode = 0 | 1 | 2 | 3;

export const exitCodes = { passed: 0, notPassed: 1, usersMistake: 2, ourBug: 3 } as const satisfies Record<
  string,
  ExitCode
>;
