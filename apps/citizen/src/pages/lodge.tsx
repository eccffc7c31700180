import { Notice } from '../parts/layout.js';
import { Fault, FaultSummary, PhotoFields, TextArea, TextField, type Faults } from '../parts/fields.js';
import { Icon } from '../parts/icons.js';
import type { Visit } from '../portal/context.js';
import type { Draft } from '../portal/draft.js';
import { categoryOf, nameOf } from '../portal/names.js';
import type { PortalCategory, PortalCity } from '#libs/contracts/api/portal.js';

interface LodgeProps {
  visit: Visit;
  city: PortalCity;
  draft: Draft;
  faults: Faults;
}

/** The complaint on one page, in the order in which people tell it: what, where, how it is. */
export function Lodge({ visit, city, draft, faults }: LodgeProps) {
  const { words } = visit;
  const { lodge } = words;
  return (
    <div class="wrap narrow">
      <h1>{lodge.title}</h1>
      <p class="lead">{lodge.lead}</p>
      <FaultSummary faults={faults} words={words} />
      <div id="draft-state" class="notice info" role="status" hidden />
      <form method="post" action="/lodge" enctype="multipart/form-data" id="lodge" novalidate>
        <input type="hidden" name="form" value={visit.formToken} />
        <input type="hidden" name="key" value={draft.key} />
        <input type="hidden" name="city" value={city.code} />
        <input type="hidden" name="state" value={visit.seal.close(draft)} />
        <What visit={visit} city={city} draft={draft} faults={faults} />
        <Where visit={visit} city={city} draft={draft} faults={faults} />
        <section aria-labelledby="describe">
          <h2 id="describe">
            <Step visit={visit} n={3} /> {lodge.describe}
          </h2>
          <TextArea
            name="description"
            label={lodge.description}
            hint={lodge.descriptionHint}
            value={draft.description}
            fault={faults['description']}
            words={words}
          />
          <KeptPhotos visit={visit} draft={draft} />
          <PhotoFields words={words} fault={faults['photos']} />
          <TextField
            name="name"
            label={lodge.name}
            optional
            value={draft.name}
            fault={faults['name']}
            words={words}
            input={{ autocomplete: 'name' }}
          />
        </section>
        <div class="thumb">
          <button class="main wide">{lodge.next}</button>
        </div>
      </form>
    </div>
  );
}

function Step({ visit, n }: { visit: Visit; n: number }) {
  return (
    <span class="step-number" aria-hidden="true">
      {visit.words.count(n)}
    </span>
  );
}

function What({ visit, city, draft, faults }: LodgeProps) {
  const { words, locale } = visit;
  const { lodge } = words;
  const fault = faults['category'];
  return (
    <section aria-labelledby="what">
      <h2 id="what">
        <Step visit={visit} n={1} /> {lodge.what}
      </h2>
      <div class={fault ? 'field wrong' : 'field'} id="category" tabindex={-1}>
        <Fault name="category" text={fault} />
        <div class="search" data-script hidden>
          <label for="category-search">{lodge.search}</label>
          <p class="hint" id="category-search-hint">
            {lodge.searchHint}
          </p>
          <input id="category-search" type="search" autocomplete="off" aria-describedby="category-search-hint" />
          <p id="category-found" role="status" class="hint" />
        </div>
        <div class="groups">
          {city.groups.map((group) => (
            <details open={group.items.some(({ code }) => code === draft.category)}>
              <summary>{nameOf(group.names, locale)}</summary>
              <fieldset>
                <legend class="unseen">{nameOf(group.names, locale)}</legend>
                {group.items.map((item) => (
                  <Choice item={item} visit={visit} chosen={draft.category} />
                ))}
              </fieldset>
            </details>
          ))}
        </div>
        <p id="category-chosen" class="chosen" role="status">
          {draft.category ? lodge.chosen(chosenName(city, draft, visit)) : ''}
        </p>
      </div>
    </section>
  );
}

function chosenName(city: PortalCity, draft: Draft, visit: Visit): string {
  const category = categoryOf(city, draft.category);
  return category ? nameOf(category.names, visit.locale) : '';
}

function Choice({ item, visit, chosen }: { item: PortalCategory; visit: Visit; chosen: string }) {
  const name = nameOf(item.names, visit.locale);
  const search = Object.values(item.names).filter(Boolean).join(' ').toLowerCase();
  return (
    <label class="choice" data-search={search} data-name={name}>
      <input type="radio" name="category" value={item.code} checked={item.code === chosen} />
      <span>{name}</span>
    </label>
  );
}

function Where({ visit, city, draft, faults }: LodgeProps) {
  const { words } = visit;
  const { lodge, count } = words;
  const first = city.wards[0]?.code ?? '';
  const last = city.wards.at(-1)?.code ?? '';
  const hint = city.mapped
    ? lodge.wardHint(count1(first, count), count1(last, count))
    : lodge.wardHintNoMap(first, last);
  return (
    <section aria-labelledby="where">
      <h2 id="where">
        <Step visit={visit} n={2} /> {lodge.where}
      </h2>
      {city.mapped ? (
        <div class="pair place-tools" data-script hidden>
          <button type="button" class="second" id="locate">
            <Icon name="pin" /> {lodge.locate}
          </button>
          <button type="button" class="second" id="show-map" aria-expanded="false" aria-controls="map-box">
            <Icon name="map" /> {lodge.map}
          </button>
        </div>
      ) : null}
      <p id="place-state" class="place-state" role="status">
        {draft.lat !== null && draft.ward !== '' ? lodge.located(draft.ward) : ''}
      </p>
      <button type="button" class="plain" id="clear-place" hidden>
        {lodge.clearPlace}
      </button>
      <div id="map-box" hidden>
        <p class="hint">{lodge.mapHint}</p>
        <div id="map" role="application" aria-label={lodge.mapLabel} tabindex={0} />
        <button type="button" class="second wide" id="map-here">
          <Icon name="pin" /> {lodge.mapHere}
        </button>
      </div>
      <TextField
        name="ward"
        label={lodge.ward}
        hint={hint}
        value={draft.ward}
        fault={faults['ward']}
        words={words}
        input={{ inputmode: 'numeric', autocomplete: 'off', class: 'short', maxlength: 40 }}
      />
      <TextField
        name="landmark"
        label={lodge.landmark}
        hint={lodge.landmarkHint}
        optional
        value={draft.landmark}
        fault={faults['landmark']}
        words={words}
        input={{ autocomplete: 'street-address' }}
      />
      <input type="hidden" name="lat" value={draft.lat ?? ''} />
      <input type="hidden" name="lon" value={draft.lon ?? ''} />
    </section>
  );
}

function count1(code: string, count: (n: number) => string): string {
  return /^\d+$/.test(code) ? count(Number(code)) : code;
}

/** Photos that came with the form before. */
function KeptPhotos({ visit, draft }: { visit: Visit; draft: Draft }) {
  const { words } = visit;
  if (draft.photos.length === 0) return null;
  return (
    <ul class="photos-kept">
      {draft.photos.map((id, index) => (
        <li>
          <img src={photoHref(visit, draft.key, id)} alt={words.lodge.photo(index + 1)} width="120" height="90" />
          <label>
            <input type="checkbox" name="remove" value={id} /> {words.lodge.removePhoto(index + 1)}
          </label>
        </li>
      ))}
    </ul>
  );
}

export function photoHref(visit: Visit, key: string, id: string): string {
  return `/lodge/photo?p=${visit.seal.close({ key, id })}`;
}

export function OfflinePage({ visit }: { visit: Visit }) {
  const { error, landing } = visit.words;
  return (
    <div class="wrap narrow">
      <h1>{error.offlineTitle}</h1>
      <Notice tone="warn">
        <p>{error.offline}</p>
      </Notice>
      <p>
        <a class="button main" href="/lodge">
          {landing.lodge}
        </a>
      </p>
    </div>
  );
}
