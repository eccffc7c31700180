import { useEffect, useId, useState } from 'preact/hooks';
import type { PhoneItem } from '#libs/contracts/api/phones';
import { setName, setState } from './api.js';
import { Composer } from './composer.js';
import { Messages } from './messages.js';
import type { PhoneState } from './store.js';
import { words } from './words.js';

export type Channel = 'whatsapp' | 'sms';

export interface TelephoneProps {
  mobile: string;
  state: PhoneState | undefined;
  channel: Channel;
  whatsapp: boolean;
  onChannel: (channel: Channel) => void;
  onSent: () => void;
  onRemove: (() => void) | undefined;
}

const LABELS: Readonly<Record<Channel, string>> = { whatsapp: 'WhatsApp', sms: 'SMS' };

export function Telephone({ mobile, state, channel, whatsapp, onChannel, onSent, onRemove }: TelephoneProps) {
  const id = useId();
  const [seen, setSeen] = useState<Readonly<Record<Channel, number>>>({ whatsapp: 0, sms: 0 });
  const [trouble, setTrouble] = useState<string | null>(null);
  const items = state?.items ?? [];
  const last = items.at(-1)?.at ?? 0;
  useEffect(() => setSeen((before) => ({ ...before, [channel]: Date.now() })), [channel, last]);
  const unread = (each: Channel): number =>
    each === channel ? 0 : items.filter((item) => isNew(item, each, seen[each])).length;
  const guarded = (work: Promise<void>): void => {
    work.then(
      () => {
        setTrouble(null);
        onSent();
      },
      (error: Error) => setTrouble(error.message),
    );
  };
  const shown = items.filter((item) => item.channel === channel);
  const windowOpen = (state?.windowUntil ?? 0) > Date.now();
  return (
    <section class="phone" aria-labelledby={`${id}-number`}>
      <header>
        <h2 id={`${id}-number`}>{grouped(mobile)}</h2>
        <NameField mobile={mobile} />
        <div class="switches">
          <label class="check">
            <input
              type="checkbox"
              checked={state?.on ?? true}
              onChange={(event) => guarded(setState(mobile, { on: event.currentTarget.checked }))}
            />
            {words.switchedOn}
          </label>
          {onRemove && (
            <button type="button" class="quiet" onClick={onRemove} aria-label={words.putAwayOf(grouped(mobile))}>
              {words.putAway}
            </button>
          )}
        </div>
      </header>
      <div role="tablist" aria-label={words.channelsOf(grouped(mobile))} class="tabs">
        {(['whatsapp', 'sms'] as const).map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`${id}-${each}`}
            aria-selected={each === channel}
            aria-controls={`${id}-panel`}
            tabIndex={each === channel ? 0 : -1}
            disabled={each === 'whatsapp' && !whatsapp}
            onClick={() => onChannel(each)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
              const other = each === 'sms' ? 'whatsapp' : 'sms';
              if (other === 'whatsapp' && !whatsapp) return;
              onChannel(other);
              document.getElementById(`${id}-${other}`)?.focus();
            }}
          >
            {LABELS[each]}
            {unread(each) > 0 && <span class="badge"> {words.fresh(unread(each))}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${channel}`} class={`screen ${channel}`}>
        <Messages
          items={shown}
          channel={channel}
          loading={state === undefined}
          label={words.channelOf(LABELS[channel], grouped(mobile))}
          send={(message) => guarded(message(mobile))}
        />
        {trouble !== null && (
          <p class="wrong" role="alert">
            {trouble}
          </p>
        )}
        <Composer mobile={mobile} channel={channel} send={(message) => guarded(message(mobile))} />
        {channel === 'whatsapp' && (
          <p class="window">
            {windowOpen ? words.windowOpen : words.windowOver}
            {windowOpen && (
              <button type="button" class="quiet" onClick={() => guarded(setState(mobile, { windowClosed: true }))}>
                {words.endWindow}
              </button>
            )}
          </p>
        )}
      </div>
    </section>
  );
}

function NameField({ mobile }: { mobile: string }) {
  const key = `pratikar.name.${mobile}`;
  const [name, setOwn] = useState(() => localStorage.getItem(key) ?? '');
  useEffect(() => {
    if (name !== '') void setName(mobile, name).catch(() => undefined);
  }, []);
  return (
    <label class="name">
      <span>{words.name}</span>
      <input
        value={name}
        maxLength={60}
        autoComplete="off"
        onInput={(event) => setOwn(event.currentTarget.value)}
        onChange={() => {
          localStorage.setItem(key, name);
          void setName(mobile, name).catch(() => undefined);
        }}
      />
    </label>
  );
}

function isNew(item: PhoneItem, channel: Channel, since: number): boolean {
  return item.channel === channel && item.from === 'city' && item.at > since;
}

/** `+91 98300 12345` */
export function grouped(mobile: string): string {
  return mobile.replace(/^(\+91)(\d{5})(\d{5})$/, '$1 $2 $3');
}
