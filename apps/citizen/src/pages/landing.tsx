import { Icon } from '../parts/icons.js';
import { nameOf } from '../portal/names.js';
import type { Visit } from '../portal/context.js';

export function Landing({ visit }: { visit: Visit }) {
  const { words } = visit;
  const { landing } = words;
  return (
    <div class="wrap landing">
      <h1>{landing.title}</h1>
      <p class="lead">{landing.lead(nameOf(visit.city.names, visit.locale))}</p>
      <ul class="big-ways">
        <li>
          <a class="big main" href="/lodge">
            <Icon name="write" size={32} />
            <span>
              <strong>{landing.lodge}</strong>
              <span>{landing.lodgeHint}</span>
            </span>
            <Icon name="go" />
          </a>
        </li>
        <li>
          <a class="big" href="/track">
            <Icon name="search" size={32} />
            <span>
              <strong>{landing.track}</strong>
              <span>{landing.trackHint}</span>
            </span>
            <Icon name="go" />
          </a>
        </li>
        <li>
          <a class="big" href="/mine">
            <Icon name="star" size={32} />
            <span>
              <strong>{landing.rate}</strong>
              <span>{landing.rateHint}</span>
            </span>
            <Icon name="go" />
          </a>
        </li>
      </ul>
      <section aria-labelledby="steps">
        <h2 id="steps">{landing.stepsTitle}</h2>
        <ol class="steps">
          {landing.steps.map((step, index) => (
            <li>
              <span class="step-number" aria-hidden="true">
                {words.count(index + 1)}
              </span>
              <span>{step}</span>
            </li>
          ))}
        </ol>
      </section>
      <aside class="urgent" aria-labelledby="urgent">
        <h2 id="urgent">{landing.urgentTitle}</h2>
        <p>{landing.urgent}</p>
      </aside>
    </div>
  );
}
