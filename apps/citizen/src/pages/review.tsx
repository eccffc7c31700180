import { Icon } from '../parts/icons.js';
import type { Visit } from '../portal/context.js';
import type { Draft } from '../portal/draft.js';
import { TextField } from '../parts/fields.js';
import { categoryName, categoryOf, nameOf } from '../portal/names.js';
import type { NearbyCase, PortalCity, PortalQuestion } from '#libs/contracts/api/portal.js';
import { photoHref } from './lodge.js';

interface ReviewProps {
  visit: Visit;
  city: PortalCity;
  draft: Draft;
  nearby: readonly NearbyCase[];
}

export function Review({ visit, city, draft, nearby }: ReviewProps) {
  const { words, locale } = visit;
  const { review } = words;
  const state = visit.seal.close(draft);
  const rows: [string, string][] = [
    [review.what, categoryName(city, draft.category, locale, '')],
    [
      review.where,
      [words.ward(draft.ward), draft.landmark, draft.lat === null ? '' : review.marked].filter(Boolean).join(', '),
    ],
    [review.description, draft.description],
    ...(draft.name ? [[review.name, draft.name] as [string, string]] : []),
  ];
  return (
    <div class="wrap narrow">
      <h1>{review.title}</h1>
      <dl class="facts">
        {rows.map(([term, text]) => (
          <div>
            <dt>{term}</dt>
            <dd class="written">{text}</dd>
          </div>
        ))}
        <div>
          <dt>{review.photos}</dt>
          <dd>
            {draft.photos.length === 0 ? review.noPhotos : null}
            <span class="photo-row">
              {draft.photos.map((id, index) => (
                <img src={photoHref(visit, draft.key, id)} alt={words.lodge.photo(index + 1)} width="120" height="90" />
              ))}
            </span>
          </dd>
        </div>
      </dl>
      <form method="post" action="/lodge/edit">
        <input type="hidden" name="form" value={visit.formToken} />
        <input type="hidden" name="state" value={state} />
        <button class="second">
          <Icon name="write" /> {review.edit}
        </button>
      </form>
      {nearby.length > 0 ? <Nearby visit={visit} state={state} nearby={nearby} /> : null}
      <form method="post" action="/lodge/submit" class="thumb">
        <input type="hidden" name="form" value={visit.formToken} />
        <input type="hidden" name="state" value={state} />
        <Questions visit={visit} questions={categoryOf(city, draft.category)?.questions ?? []} />
        <button class="main wide">{nearby.length > 0 ? review.sendAnyway : review.send}</button>
      </form>
    </div>
  );
}

/** What the category asks besides; whoever answers none of it may send as well. */
function Questions({ visit, questions }: { visit: Visit; questions: readonly PortalQuestion[] }) {
  const { words, locale } = visit;
  return (
    <>
      {questions.map(({ code, kind, names, choices }) => {
        const name = `answer-${code}`;
        const label = nameOf(names, locale);
        if (kind !== 'choice')
          return (
            <TextField
              name={name}
              label={label}
              optional
              value=""
              words={words}
              input={{ maxlength: 500, ...(kind === 'number' ? { inputmode: 'decimal' } : {}) }}
            />
          );
        return (
          <fieldset class="field">
            <legend>
              {label} <span class="optional">({words.site.optional})</span>
            </legend>
            {choices.map((choice) => (
              <label class="choice">
                <input type="radio" name={name} value={choice.code} />
                <span>{nameOf(choice.names, locale)}</span>
              </label>
            ))}
          </fieldset>
        );
      })}
    </>
  );
}

function Nearby({ visit, state, nearby }: { visit: Visit; state: string; nearby: readonly NearbyCase[] }) {
  const { words, locale, speech, city } = visit;
  const { review } = words;
  return (
    <section aria-labelledby="nearby" class="card">
      <h2 id="nearby">{review.nearbyTitle}</h2>
      <p>{review.nearbyLead}</p>
      <ul class="nearby">
        {nearby.slice(0, 3).map((item) => (
          <li>
            <form method="post" action="/lodge/follow">
              <input type="hidden" name="form" value={visit.formToken} />
              <input type="hidden" name="state" value={state} />
              <input type="hidden" name="number" value={item.number} />
              <p>
                {review.nearbyItem(
                  String(Math.max(1, item.distance)),
                  speech.day(Date.parse(item.registeredAt), locale, city.zone),
                )}
                {item.followers > 0 ? <span>. {review.nearbyFollowers(words.count(item.followers))}</span> : null}
              </p>
              <button class="second">{review.follow}</button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
