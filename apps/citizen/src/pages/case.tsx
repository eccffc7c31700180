import type { AttachmentView, TimelineItem } from '#libs/contracts/api/views.js';
import { Notice } from '../parts/layout.js';
import { FaultSummary, type Faults } from '../parts/fields.js';
import type { Visit } from '../portal/context.js';
import type { CaseForm } from '../portal/intent.js';
import { categoryName, nameOf, spokenNumber } from '../portal/names.js';
import {
  ownsCase,
  tell,
  tellActor,
  tellEvent,
  tellMessage,
  zoneOf,
  type CasePage,
  type Told,
} from '../portal/telling.js';
import { MainAction, MoreActions } from './case-actions.js';

export interface CaseNotice {
  tone: 'good' | 'warn';
  text: string;
  /** What was written in vain, so that it is not lost. */
  written?: string;
}

export interface CaseProps {
  visit: Visit;
  page: CasePage;
  /** A form that was sent back, with what is wrong in it. */
  form: CaseForm | null;
  faults: Faults;
  notice: CaseNotice | null;
}

/** A case as a thread: who has it now on top, then what may be done, then what has happened, the latest first. */
export function CaseView({ visit, page, form, faults, notice }: CaseProps) {
  const { words, locale } = visit;
  const { view, city } = page;
  const told = tell(visit, page);
  return (
    <div class="wrap narrow">
      <p class="case-number">
        {words.case.number} <strong>{spokenNumber(view.number)}</strong>
      </p>
      <h1>{categoryName(city, view.subCategory, locale, words.case.details)}</h1>
      {notice ? (
        <Notice tone={notice.tone}>
          <p>{notice.text}</p>
          {notice.written ? <blockquote class="written">{notice.written}</blockquote> : null}
        </Notice>
      ) : null}
      <FaultSummary faults={faults} words={words} />
      <Now visit={visit} page={page} told={told} />
      <MainAction visit={visit} view={view} told={told} form={form} faults={faults} />
      <Thread visit={visit} page={page} />
      <Details visit={visit} page={page} />
      <MoreActions visit={visit} view={view} form={form} faults={faults} />
    </div>
  );
}

function Now({ visit, page, told }: { visit: Visit; page: CasePage; told: Told }) {
  const { words } = visit;
  const { view } = page;
  const tone =
    view.state === 'closed' ? 'closed' : told.overdue ? 'late' : isAnswered(view.state) ? 'answered' : 'open';
  return (
    <section class={`now ${tone}`} aria-labelledby="now">
      <h2 id="now">{words.case.now}</h2>
      <p class="headline">{told.headline}</p>
      {told.said ? <blockquote class="written">{told.said}</blockquote> : null}
      {told.more.map((sentence) => (
        <p>{sentence}</p>
      ))}
      {told.due ? (
        <p class="due">
          <span aria-hidden="true" class="sign">
            {told.overdue ? '!' : '◷'}
          </span>{' '}
          {told.due} {told.away ? <span class="hint">({told.away})</span> : null}
        </p>
      ) : null}
      {view.duplicateOf ? (
        <p>
          <a href={`/c/${view.duplicateOf}`}>{words.case.toOther}</a>
        </p>
      ) : null}
      <h3>{words.case.next}</h3>
      <p>{told.next}</p>
      {ownsCase(view) ? null : <p class="hint">{words.case.following}</p>}
      {view.followers > 0 && ownsCase(view) ? (
        <p class="hint">{words.case.followers(words.count(view.followers))}</p>
      ) : null}
    </section>
  );
}

function isAnswered(state: string): boolean {
  return state === 'resolved' || state === 'rejected';
}

function Details({ visit, page }: { visit: Visit; page: CasePage }) {
  const { words, speech, locale } = visit;
  const { view, city } = page;
  const place = [words.ward(view.ward), view.location?.landmark ?? ''].filter(Boolean).join(', ');
  return (
    <section aria-labelledby="details">
      <h2 id="details">{ownsCase(view) ? words.case.yours : words.case.details}</h2>
      <p class="written">{view.description}</p>
      <dl class="facts small">
        <div>
          <dt>{words.case.place}</dt>
          <dd class="written">{place}</dd>
        </div>
        <div>
          <dt>{words.receipt.registeredOn}</dt>
          <dd>{speech.moment(Date.parse(view.registeredAt), locale, zoneOf(visit, city))}</dd>
        </div>
        {(view.answers ?? []).map(({ question, answer }) => (
          <div>
            <dt>{nameOf(question, locale)}</dt>
            <dd class="written">{nameOf(answer, locale)}</dd>
          </div>
        ))}
      </dl>
      <Photos visit={visit} page={page} kind="complaint" />
      <Photos visit={visit} page={page} kind="evidence" />
    </section>
  );
}

function Photos({ visit, page, kind }: { visit: Visit; page: CasePage; kind: AttachmentView['kind'] }) {
  const { words } = visit;
  const photos = page.view.attachments.filter((each) => each.kind === kind);
  if (photos.length === 0) return null;
  const title = kind === 'complaint' ? words.case.photosOf : words.case.evidence;
  return (
    <figure class="photo-row">
      <figcaption>{title}</figcaption>
      {photos.map((photo, index) => {
        const href = `/c/${page.view.number}/photo/${photo.id}`;
        const name = words.case.voice(photos.slice(0, index + 1).filter(isVoice).length);
        if (isVoice(photo)) {
          return (
            <p class="voice">
              <a href={href} download>
                {name}
              </a>
              <audio controls preload="none" src={href} aria-label={name} />
            </p>
          );
        }
        return (
          <a href={href}>
            <img src={href} alt={`${title}: ${words.lodge.photo(index + 1)}`} width="160" height="120" loading="lazy" />
          </a>
        );
      })}
    </figure>
  );
}

function isVoice({ mime }: AttachmentView): boolean {
  return mime.startsWith('audio/');
}

function Thread({ visit, page }: { visit: Visit; page: CasePage }) {
  const { words } = visit;
  const entries = [...page.timeline].reverse();
  return (
    <section aria-labelledby="thread">
      <h2 id="thread">{words.case.timeline}</h2>
      <ol class="thread">
        {entries.map((item) => (
          <Entry visit={visit} page={page} item={item} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ visit, page, item }: { visit: Visit; page: CasePage; item: TimelineItem }) {
  const { speech, locale } = visit;
  const actor = tellActor(visit, page.view, item);
  const message = tellMessage(visit, item);
  const moment = speech.moment(Date.parse(item.at), locale, zoneOf(visit, page.city));
  return (
    <li class={item.actor.role === 'citizen' ? 'mine' : ''}>
      <p class="entry">{tellEvent(visit, page.view, item)}</p>
      {item.text ? <blockquote class="written">{item.text}</blockquote> : null}
      <p class="when">
        <time datetime={item.at}>{moment}</time>
        {actor ? <span> · {actor}</span> : null}
        {message ? <span> · {message}</span> : null}
      </p>
    </li>
  );
}
