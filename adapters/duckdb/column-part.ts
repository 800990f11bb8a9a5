/** What goes back of a column: numbers slice by slice, words once. */
export type ColumnPart =
  | { readonly kind: "numbers"; readonly name: string; readonly values: Float64Array }
  | {
      readonly kind: "words";
      readonly name: string;
      readonly counts: ReadonlyMap<string, number>;
      readonly missing: number;
    };
