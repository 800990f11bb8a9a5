/** An expected failure the caller decides on by its code. Anything the user must mend is a UserError instead. */
export type Result<Value, Code extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: Code; readonly reason: string };

export function success<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function failure<Code extends string>(code: Code, reason: string) {
  return { ok: false, code, reason } as const;
}
