import type { RatingInvitation } from '#libs/contracts/api/portal.js';
import { FaultSummary, type Faults } from '../parts/fields.js';
import type { Visit } from '../portal/context.js';
import { categoryName, spokenNumber } from '../portal/names.js';
import { RatingFields } from './case-actions.js';

/** For the reader of a message, who has not logged in: what was answered, and how it is. */
export function ByLink({
  visit,
  token,
  invitation,
  title,
  rating,
  remarks,
  faults,
  again,
}: {
  visit: Visit;
  token: string;
  invitation: RatingInvitation;
  title: string;
  rating: string;
  remarks: string;
  faults: Faults;
  again?: true;
}) {
  const { words, locale } = visit;
  const { number, city, category, answer } = invitation;
  return (
    <div class="wrap narrow">
      <FaultSummary faults={faults} words={words} />
      {again ? (
        <p class="notice warn" role="alert">
          {words.case.notNow}
        </p>
      ) : null}
      <h1>{title}</h1>
      <p class="lead">
        {categoryName(visit.cityOf(city), category, locale, words.case.details)} · {spokenNumber(number)}
      </p>
      {answer ? (
        <>
          <p>{words.byLink.answered}</p>
          <blockquote class="written">{answer}</blockquote>
        </>
      ) : null}
      <section class="card main-card">
        <form method="post" action={`/r/${token}`} novalidate>
          <RatingFields visit={visit} rating={rating} remarks={remarks} faults={faults} />
          <button class="main wide">{words.action.rate}</button>
        </form>
      </section>
    </div>
  );
}

export function RatedByLink({
  visit,
  number,
  title,
  text,
}: {
  visit: Visit;
  number: string;
  title: string;
  text: string;
}) {
  return (
    <div class="wrap narrow">
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <p class="buttons">
        <a class="button main" href={`/c/${number}`}>
          {visit.words.byLink.look}
        </a>
      </p>
    </div>
  );
}
