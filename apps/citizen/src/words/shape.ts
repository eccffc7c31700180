/** A locale has the keys of the English words and the same blanks to fill; a missing one does not compile. */
export type Shape<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...blanks: infer Blanks) => string
      ? (...blanks: Blanks) => string
      : T[K] extends readonly string[]
        ? readonly string[]
        : Shape<T[K]>;
};
