import type { Visit } from '../portal/context.js';

export const INFO_PAGES = ['accessibility', 'privacy', 'terms', 'contact'] as const;
export type InfoPage = (typeof INFO_PAGES)[number];

export function Info({ visit, name }: { visit: Visit; name: InfoPage }) {
  const { title, body } = visit.words.pages[name];
  return (
    <div class="wrap narrow prose">
      <h1>{title}</h1>
      {body.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
    </div>
  );
}

/** Says what happened, whether anything was lost, and what to do. */
export function Failure({
  visit,
  title,
  text,
  again,
}: {
  visit: Visit;
  title: string;
  text: string;
  again?: string | undefined;
}) {
  const { words } = visit;
  return (
    <div class="wrap narrow">
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <p class="buttons">
        {again ? (
          <a class="button main" href={again}>
            {words.error.reload}
          </a>
        ) : null}
        <a class="button second" href="/">
          {words.site.home}
        </a>
      </p>
    </div>
  );
}
