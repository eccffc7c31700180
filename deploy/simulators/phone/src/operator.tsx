import { useState } from 'preact/hooks';
import { setWeather } from './api.js';

const FAULTS = [
  [131026, 'not on WhatsApp: SMS takes its place'],
  [131047, 'the 24 hours are over'],
  [131056, 'too many to this person'],
  [130429, 'too many at all'],
  [131000, 'Meta has a fault'],
  [132015, 'the template is paused'],
  [190, 'the token has expired'],
] as const;

/** What can go wrong between a city and its citizens, to be tried out. */
export function Operator() {
  const [said, setSaid] = useState('');
  const [fault, setFault] = useState(131026);
  const tell = (weather: object, words: string): void => {
    setWeather(weather).then(
      () => setSaid(words),
      (error: Error) => setSaid(error.message),
    );
  };
  return (
    <details class="operator">
      <summary>Bad weather: make things go wrong</summary>
      <div class="row">
        <label class="check">
          <input
            type="checkbox"
            onChange={({ currentTarget: { checked } }) =>
              tell(
                { duplicates: checked },
                checked ? 'Everything now arrives twice.' : 'Everything arrives once again.',
              )
            }
          />
          Deliver everything to the city twice
        </label>
        <label class="check">
          <input
            type="checkbox"
            onChange={({ currentTarget: { checked } }) =>
              tell(
                { disorder: checked },
                checked ? 'Messages now overtake each other.' : 'Messages keep their order again.',
              )
            }
          />
          Out of order
        </label>
      </div>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          tell({ fault, times: 1 }, `The next WhatsApp message to a citizen fails with ${fault}.`);
        }}
      >
        <label>
          The next WhatsApp message fails because
          <select value={fault} onChange={(event) => setFault(Number(event.currentTarget.value))}>
            {FAULTS.map(([code, words]) => (
              <option key={code} value={code}>
                {code}: {words}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Let it fail</button>
        <button
          type="button"
          onClick={() =>
            tell({ fault, times: 1, late: true }, `The next one fails with ${fault} after it was accepted.`)
          }
        >
          Fail later
        </button>
        <button type="button" onClick={() => tell({ smsFaults: 1 }, 'The next SMS is reported as not delivered.')}>
          Lose the next SMS
        </button>
      </form>
      <p role="status">{said}</p>
    </details>
  );
}
