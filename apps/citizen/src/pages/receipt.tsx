import type { CaseView } from '#libs/contracts/api/views.js';
import { Notice } from '../parts/layout.js';
import type { Visit } from '../portal/context.js';
import { categoryName, nameOf, spokenNumber } from '../portal/names.js';
import type { PortalCity } from '#libs/contracts/api/portal.js';
import { tell, zoneOf } from '../portal/telling.js';

interface ReceiptProps {
  visit: Visit;
  view: CaseView;
  city: PortalCity | undefined;
  /** Drawn by us from the number alone. */
  qr: string;
}

/** What a citizen takes home: the number in groups, who has it, by when, and a code to come back by. */
export function Receipt({ visit, view, city, qr }: ReceiptProps) {
  const { words, locale, speech } = visit;
  const { receipt } = words;
  const told = tell(visit, { view, timeline: [], city });
  return (
    <div class="wrap narrow receipt">
      <Notice tone="good">
        <h1>{receipt.title}</h1>
      </Notice>
      <div class="slip">
        <p class="slip-head">
          {city ? nameOf(city.names, locale) : words.site.name} – {receipt.slip}
        </p>
        <div class="slip-body">
          <div>
            <p class="label">{receipt.number}</p>
            <p class="big-number">{spokenNumber(view.number)}</p>
            <p class="label">{words.review.what}</p>
            <p>
              {categoryName(city, view.subCategory, locale, words.case.details)}, {words.ward(view.ward)}
            </p>
            <p class="label">{receipt.registeredOn}</p>
            <p>{speech.moment(Date.parse(view.registeredAt), locale, zoneOf(visit, city))}</p>
          </div>
          <figure class="qr">
            <div role="img" aria-label={receipt.qr} dangerouslySetInnerHTML={{ __html: qr }} />
            <figcaption>{receipt.qr}</figcaption>
          </figure>
        </div>
        <p class="headline">{told.headline}</p>
        {told.due ? <p>{told.due}</p> : null}
      </div>
      <p class="no-print">{receipt.keep}</p>
      <p class="buttons no-print">
        <a class="button main" href={`/c/${view.number}`}>
          {receipt.see}
        </a>
        <button type="button" class="second" data-print data-script hidden>
          {receipt.print}
        </button>
        <a class="button second" href="/lodge">
          {receipt.another}
        </a>
      </p>
      <noscript>
        <p class="hint no-print">{receipt.printHint}</p>
      </noscript>
    </div>
  );
}
