import type { CaseView as Case, Page } from '#libs/contracts/api/views.js';
import { Notice } from '../parts/layout.js';
import { FaultSummary, TextField, type Faults } from '../parts/fields.js';
import type { LegacyCase } from '../portal/api.js';
import type { Visit } from '../portal/context.js';
import { categoryName, spokenMobile, spokenNumber } from '../portal/names.js';

export function Track({ visit, typed, faults }: { visit: Visit; typed: string; faults: Faults }) {
  const { words } = visit;
  const { track } = words;
  return (
    <div class="wrap narrow">
      <h1>{track.title}</h1>
      <p class="lead">{track.lead}</p>
      <FaultSummary faults={faults} words={words} />
      <NumberForm visit={visit} typed={typed} faults={faults} />
      <h2>{track.orMine}</h2>
      <p>
        <a class="button second" href="/mine">
          {track.mine}
        </a>
      </p>
      <h2>{track.orOld}</h2>
      <p>
        <a href="/status">{words.site.oldStatus}</a>
      </p>
    </div>
  );
}

function NumberForm({ visit, typed, faults }: { visit: Visit; typed: string; faults: Faults }) {
  const { words } = visit;
  const { track } = words;
  return (
    <form method="get" action="/track" novalidate>
      <TextField
        name="number"
        label={track.number}
        hint={track.numberHint}
        value={typed}
        fault={faults['number']}
        words={words}
        input={{ autocomplete: 'off', autocapitalize: 'characters', spellcheck: false }}
      />
      <button class="main wide">{track.go}</button>
    </form>
  );
}

export interface OldSearch {
  typed: string;
  found: readonly LegacyCase[] | null;
  /** The proved number that was searched for, E.164. */
  mobile: string | null;
  faults: Faults;
}

/** Two categories, as complaints from before are in another system. */
export function Status({ visit, old }: { visit: Visit; old: OldSearch }) {
  const { words, locale, speech, city } = visit;
  const { status } = words;
  const day = city.legacyUntil ? speech.day(Date.parse(`${city.legacyUntil}T06:00:00Z`), locale, city.zone) : null;
  return (
    <div class="wrap narrow">
      <h1>{status.title}</h1>
      <p class="lead">{status.lead}</p>
      <FaultSummary faults={old.faults} words={words} />
      <section class="card" aria-labelledby="newer">
        <h2 id="newer">{status.newer(day)}</h2>
        <p>{status.newerLead}</p>
        <NumberForm visit={visit} typed="" faults={{}} />
        <p>
          <a class="button second" href="/mine">
            {status.newerMobile}
          </a>
        </p>
      </section>
      <section class="card" aria-labelledby="older">
        <h2 id="older">{status.older(day)}</h2>
        <p>{status.olderLead}</p>
        {city.legacyUrl ? (
          <p>
            <a class="button second" href={city.legacyUrl} rel="noreferrer">
              {status.olderLink}
            </a>
          </p>
        ) : (
          <p class="hint">{status.olderNoLink}</p>
        )}
        <form method="get" action="/status" novalidate>
          <TextField
            name="old"
            label={status.olderNumber}
            value={old.typed}
            fault={old.faults['old']}
            words={words}
            input={{ autocomplete: 'off' }}
          />
          <button class="second">{status.olderSearch}</button>
        </form>
        <p>
          <a class="button second" href="/status?by=mobile#older">
            {status.olderMobile}
          </a>
        </p>
        {old.found ? <OldCases visit={visit} old={old} found={old.found} /> : null}
      </section>
    </div>
  );
}

function OldCases({ visit, old, found }: { visit: Visit; old: OldSearch; found: readonly LegacyCase[] }) {
  const { words, locale, speech, city } = visit;
  const { status } = words;
  const asked = old.mobile ? <p class="hint">{words.site.loggedInAs(spokenMobile(old.mobile))}</p> : null;
  if (found.length === 0) {
    return (
      <>
        {asked}
        <Notice tone="info">
          <p>{old.mobile ? status.olderMobileNone : status.olderNone}</p>
        </Notice>
      </>
    );
  }
  const day = (iso: string | null) => (iso === null ? '–' : speech.day(Date.parse(iso), locale, city.zone));
  return (
    <>
      {asked}
      <ul class="cases">
        {found.map((each) => (
          <li class="case-line">
            <strong>{each.number}</strong>
            <span>
              {status.olderState}: {each.status}
            </span>
            <span class="when">
              {status.olderMade}: {day(each.registeredAt)} · {status.olderClosed}: {day(each.closedAt)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

export interface MineProps {
  visit: Visit;
  lodged: Page<Case>;
  followed: Page<Case>;
  /** The number these are the complaints of, E.164. */
  mobile: string | null;
}

export function Mine({ visit, lodged, followed, mobile }: MineProps) {
  const { words } = visit;
  return (
    <div class="wrap narrow">
      <h1>{words.mine.title}</h1>
      {mobile ? <p class="hint">{words.site.loggedInAs(spokenMobile(mobile))}</p> : null}
      {lodged.items.length === 0 ? (
        <>
          <p class="lead">{words.mine.empty}</p>
          <p>
            <a class="button main" href="/lodge">
              {words.landing.lodge}
            </a>
          </p>
        </>
      ) : (
        <CaseList visit={visit} cases={lodged.items} />
      )}
      {lodged.next ? (
        <p>
          <a class="button second" href={`/mine?cursor=${encodeURIComponent(lodged.next)}`}>
            {words.mine.more}
          </a>
        </p>
      ) : null}
      {followed.items.length > 0 ? (
        <section aria-labelledby="followed">
          <h2 id="followed">{words.mine.followedTitle}</h2>
          <CaseList visit={visit} cases={followed.items} />
        </section>
      ) : null}
    </div>
  );
}

function CaseList({ visit, cases }: { visit: Visit; cases: readonly Case[] }) {
  return (
    <ul class="cases">
      {cases.map((view) => (
        <li>
          <CaseLine visit={visit} view={view} />
        </li>
      ))}
    </ul>
  );
}

function CaseLine({ visit, view }: { visit: Visit; view: Case }) {
  const { words, locale, speech } = visit;
  const city = visit.cityOf(view.tenant);
  const late = view.dueAt !== null && Date.parse(view.dueAt) <= Date.now();
  const waits = view.allowed.includes('answer')
    ? words.mine.answerNow
    : view.allowed.includes('rate')
      ? words.mine.rateNow
      : null;
  return (
    <a class="case-line" href={`/c/${view.number}`}>
      <strong>{categoryName(city, view.subCategory, locale, words.case.details)}</strong>
      <span>
        {words.ward(view.ward)} · {words.short[view.state]}
        {late ? <span class="late"> · ! {words.short.overdue}</span> : null}
      </span>
      <span class="when">
        {spokenNumber(view.number)} ·{' '}
        {words.mine.made(speech.day(Date.parse(view.registeredAt), locale, (city ?? visit.city).zone))}
      </span>
      {waits ? <span class="waits">{waits}</span> : null}
    </a>
  );
}
