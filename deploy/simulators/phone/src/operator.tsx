import { useState } from 'preact/hooks';
import { setWeather } from './api.js';
import { words } from './words.js';

/** What can go wrong between a city and its citizens, to be tried out. */
export function Operator() {
  const [said, setSaid] = useState('');
  const [fault, setFault] = useState(131026);
  const tell = (weather: object, done: string): void => {
    setWeather(weather).then(
      () => setSaid(done),
      (error: Error) => setSaid(error.message),
    );
  };
  return (
    <details class="operator">
      <summary>{words.weather}</summary>
      <div class="row">
        <label class="check">
          <input
            type="checkbox"
            onChange={({ currentTarget: { checked } }) =>
              tell({ duplicates: checked }, checked ? words.twiceOn : words.twiceOff)
            }
          />
          {words.twice}
        </label>
        <label class="check">
          <input
            type="checkbox"
            onChange={({ currentTarget: { checked } }) =>
              tell({ disorder: checked }, checked ? words.disorderOn : words.disorderOff)
            }
          />
          {words.disorder}
        </label>
      </div>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          tell({ fault, times: 1 }, words.failing(fault));
        }}
      >
        <label>
          {words.failsBecause}
          <select value={fault} onChange={(event) => setFault(Number(event.currentTarget.value))}>
            {Object.entries(words.faults).map(([code, why]) => (
              <option key={code} value={code}>
                {code}: {why}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">{words.fail}</button>
        <button type="button" onClick={() => tell({ fault, times: 1, late: true }, words.failingLater(fault))}>
          {words.failLater}
        </button>
        <button type="button" onClick={() => tell({ smsFaults: 1 }, words.losing)}>
          {words.loseSms}
        </button>
      </form>
      <p role="status">{said}</p>
    </details>
  );
}
