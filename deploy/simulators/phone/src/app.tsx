import { useState } from 'preact/hooks';
import { Operator } from './operator.js';
import { Telephone, type Channel } from './telephone.js';
import { savedMobiles, saveMobiles, useTelephones } from './store.js';

const MOST = 6;

export function App() {
  const [mobiles, setMobiles] = useState(savedMobiles);
  const [channels, setChannels] = useState<Readonly<Record<string, Channel>>>({});
  const usual: Channel = 'whatsapp';
  const looking = mobiles.filter((mobile) => (channels[mobile] ?? usual) === 'whatsapp');
  const { phones, whatsapp, trouble, refresh } = useTelephones(mobiles, looking);
  const keep = (next: string[]): void => {
    setMobiles(next);
    saveMobiles(next);
  };
  return (
    <>
      <header class="bar">
        <div>
          <h1>Telephones to try</h1>
          <p>
            Be any citizen: chat by WhatsApp, write SMS, send a place, a photo or a voice note. Nothing leaves this
            machine.
          </p>
        </div>
        <nav aria-label="Other pages">
          <a href="/">Citizen pages</a>
          <a href="/staff">Staff desk</a>
        </nav>
      </header>
      {trouble !== null && (
        <p class="trouble" role="alert">
          The server cannot be reached ({trouble}) What you have written stays here; it is tried again by itself.
        </p>
      )}
      {!whatsapp && (
        <p class="notice">
          WhatsApp goes by another Graph API here, as the settings say. SMS still arrives on these telephones.
        </p>
      )}
      <main>
        <div class="phones">
          {mobiles.map((mobile) => (
            <Telephone
              key={mobile}
              mobile={mobile}
              state={phones.get(mobile)}
              channel={channels[mobile] ?? (whatsapp ? usual : 'sms')}
              whatsapp={whatsapp}
              onChannel={(channel) => setChannels({ ...channels, [mobile]: channel })}
              onSent={refresh}
              onRemove={mobiles.length > 1 ? () => keep(mobiles.filter((each) => each !== mobile)) : undefined}
            />
          ))}
          {mobiles.length < MOST && <AddTelephone taken={mobiles} onAdd={(mobile) => keep([...mobiles, mobile])} />}
        </div>
        <Operator />
      </main>
    </>
  );
}

function AddTelephone({ taken, onAdd }: { taken: readonly string[]; onAdd: (mobile: string) => void }) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const add = (event: Event): void => {
    event.preventDefault();
    const digits = text.replace(/\D/g, '').replace(/^0+/, '');
    const mobile = text === '' ? nextMobile(taken) : `+${digits.length === 10 ? `91${digits}` : digits}`;
    if (!/^\+91[6-9]\d{9}$/.test(mobile)) return setWrong('Ten digits, the first of them 6 to 9.');
    if (taken.includes(mobile)) return setWrong('This telephone is here already.');
    setWrong(null);
    setText('');
    onAdd(mobile);
  };
  return (
    <form class="add" onSubmit={add} noValidate>
      <h2>Another telephone</h2>
      <p>Its number, or none for a new one. An officer’s number shows what officers get.</p>
      <label>
        Mobile number
        <input
          type="tel"
          inputMode="tel"
          autoComplete="off"
          value={text}
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : 'add-wrong'}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {wrong !== null && (
        <p class="wrong" id="add-wrong" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit">Add telephone</button>
    </form>
  );
}

function nextMobile(taken: readonly string[]): string {
  for (let next = 12_346; ; next++) {
    const mobile = `+9198300${next}`;
    if (!taken.includes(mobile)) return mobile;
  }
}
