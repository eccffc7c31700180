import { useId, useRef, useState } from 'preact/hooks';
import { sendFile, write } from './api.js';
import type { Send } from './messages.js';
import { PLACES, samplePhoto, sampleVoice } from './samples.js';
import type { Channel } from './telephone.js';
import { words } from './words.js';

export function Composer({ mobile, channel, send }: { mobile: string; channel: Channel; send: Send }) {
  const [text, setText] = useState('');
  const [attaching, setAttaching] = useState(false);
  const id = useId();
  const submit = (event: Event): void => {
    event.preventDefault();
    const said = text.trim();
    if (said === '') return;
    send(() => write(mobile, { channel, kind: 'text', text: said }));
    setText('');
  };
  return (
    <div class="composer">
      {attaching && channel === 'whatsapp' && (
        <div id={`${id}-more`} class="more">
          <Attachments send={send} onDone={() => setAttaching(false)} />
        </div>
      )}
      <form onSubmit={submit}>
        {channel === 'whatsapp' && (
          <button
            type="button"
            class="attach"
            aria-expanded={attaching}
            aria-controls={`${id}-more`}
            onClick={() => setAttaching(!attaching)}
          >
            <span aria-hidden="true">+</span>
            <span class="hidden">{words.attach}</span>
          </button>
        )}
        <label>
          <span class="hidden">{channel === 'sms' ? words.smsText : words.message}</span>
          <input
            value={text}
            autoComplete="off"
            placeholder={channel === 'sms' ? 'STATUS KMC-26-…' : words.message}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="send" aria-disabled={text.trim() === ''}>
          {words.send}
        </button>
      </form>
    </div>
  );
}

function Attachments({ send, onDone }: { send: Send; onDone: () => void }) {
  const [placing, setPlacing] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const sendAll = (files: readonly (readonly [Blob, string])[]): void => {
    for (const [blob, name] of files) send((mobile) => sendFile(mobile, blob, name));
    onDone();
  };
  if (placing) return <PlaceChoice send={send} onDone={onDone} />;
  return (
    <div class="choices row">
      <button type="button" onClick={() => setPlacing(true)}>
        {words.location}
      </button>
      <button type="button" onClick={() => void samplePhoto().then((photo) => sendAll([[photo, 'pothole.jpg']]))}>
        {words.samplePhoto}
      </button>
      <button type="button" onClick={() => file.current?.click()}>
        {words.file}
      </button>
      <button type="button" onClick={() => sendAll([[sampleVoice(), 'voice.amr']])}>
        {words.voice}
      </button>
      <input
        ref={file}
        type="file"
        class="hidden"
        tabIndex={-1}
        aria-label={words.chooseFile}
        accept="image/*,audio/*,application/pdf"
        multiple
        onChange={(event) =>
          sendAll(Array.from(event.currentTarget.files ?? []).map((each) => [each, each.name] as const))
        }
      />
    </div>
  );
}

/** One of some well-known places, where one is, or any point. */
export function PlaceChoice({ send, onDone }: { send: Send; onDone: () => void }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [point, setPoint] = useState('');
  const go = (lat: number, lon: number, name?: string): void => {
    send((mobile) =>
      write(mobile, { channel: 'whatsapp', kind: 'place', lat, lon, ...(name === undefined ? {} : { name }) }),
    );
    onDone();
  };
  const typed = (event: Event): void => {
    event.preventDefault();
    const [lat, lon] = point.split(/[\s,]+/).map(Number);
    if (lat === undefined || lon === undefined || !Number.isFinite(lat) || !Number.isFinite(lon)) {
      return setTrouble(words.twoNumbers);
    }
    go(lat, lon);
  };
  return (
    <div class="places">
      <ul class="rows">
        {PLACES.map(({ name, lat, lon }) => (
          <li key={name}>
            <button type="button" onClick={() => go(lat, lon, name)}>
              {name}
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            onClick={() =>
              navigator.geolocation.getCurrentPosition(
                ({ coords }) => go(coords.latitude, coords.longitude),
                () => setTrouble(words.whereUnknown),
              )
            }
          >
            {words.whereIAm}
          </button>
        </li>
      </ul>
      <form onSubmit={typed}>
        <label>
          {words.point}
          <input value={point} inputMode="decimal" onInput={(event) => setPoint(event.currentTarget.value)} />
        </label>
        <button type="submit">{words.send}</button>
      </form>
      {trouble !== null && (
        <p class="wrong" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}
