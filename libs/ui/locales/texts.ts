/** The shape of a locale: the same keys as the English texts, any words. A missing key does not compile. */
export type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
