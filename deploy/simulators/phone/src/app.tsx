import { useState } from 'preact/hooks';
import { Operator } from './operator.js';
import { Telephone, type Channel } from './telephone.js';
import { savedMobiles, saveMobiles, useTelephones } from './store.js';
import { LANGUAGES, locale, speak, words } from './words.js';

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
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
        <nav aria-label={words.pages}>
          <a href="/">{words.portal}</a>
          <a href="/staff">{words.desk}</a>
          <select aria-label={words.language} value={locale} onChange={(event) => speak(event.currentTarget.value)}>
            {LANGUAGES.map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </nav>
      </header>
      {trouble !== null && (
        <p class="trouble" role="alert">
          {words.trouble(trouble)}
        </p>
      )}
      {!whatsapp && <p class="notice">{words.noWhatsApp}</p>}
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
    if (!/^\+91[6-9]\d{9}$/.test(mobile)) return setWrong(words.wrongNumber);
    if (taken.includes(mobile)) return setWrong(words.hereAlready);
    setWrong(null);
    setText('');
    onAdd(mobile);
  };
  return (
    <form class="add" onSubmit={add} noValidate>
      <h2>{words.another}</h2>
      <p>{words.anotherLead}</p>
      <label>
        {words.mobile}
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
      <button type="submit">{words.add}</button>
    </form>
  );
}

function nextMobile(taken: readonly string[]): string {
  for (let next = 12_346; ; next++) {
    const mobile = `+9198300${next}`;
    if (!taken.includes(mobile)) return mobile;
  }
}
