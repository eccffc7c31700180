import { find, say } from './page-data.js';

/** Narrows the list of categories to what is typed, in any of the languages. */
export function searchCategories(words: Record<string, string>): void {
  const input = find<HTMLInputElement>('category-search');
  const box = find('category');
  const found = find('category-found');
  const chosen = find('category-chosen');
  if (!input || !box || !found || !chosen) return;
  const groups = [...box.querySelectorAll('details')];
  const narrow = () => {
    const wanted = input.value.trim().toLowerCase().split(/\s+/u).filter(Boolean);
    let hits = 0;
    for (const group of groups) {
      let here = 0;
      const title = group.querySelector('summary')?.textContent.toLowerCase() ?? '';
      for (const choice of group.querySelectorAll<HTMLElement>('.choice')) {
        const text = `${choice.dataset['search'] ?? ''} ${title}`;
        const fits = wanted.every((word) => text.includes(word));
        choice.hidden = !fits;
        if (fits) here++;
      }
      group.hidden = here === 0;
      group.open = wanted.length > 0 ? here > 0 : group.querySelector('input:checked') !== null;
      hits += here;
    }
    found.textContent = hits === 0 ? (words['searchNone'] ?? '') : '';
  };
  input.addEventListener('input', narrow);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    // Enter in a search must not send the form; it goes to what was found.
    event.preventDefault();
    box.querySelector<HTMLElement>('details:not([hidden]) .choice:not([hidden]) input')?.focus();
  });
  box.addEventListener('change', (event) => {
    const choice = (event.target as Element).closest<HTMLElement>('.choice');
    if (choice) chosen.textContent = say(words['chosen'], choice.dataset['name']);
  });
}
