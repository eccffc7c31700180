/** The words of a text as the index holds them: lower case, of two characters or more, without repetition. */
export function searchWords(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]{2,}/gu) ?? [];
  return [...new Set(words.map((word) => [...word].slice(0, 40).join('')))];
}
