/** Words and figures that the server put into the page for its script. */
export function pageData<T>(): T {
  return JSON.parse(document.getElementById('page-data')?.textContent ?? '{}') as T;
}

export function find<E extends HTMLElement>(id: string): E | null {
  return document.getElementById(id) as E | null;
}

/** Fills the blank of a sentence. */
export function say(sentence: string | undefined, blank = ''): string {
  return (sentence ?? '').replace('{}', blank);
}
