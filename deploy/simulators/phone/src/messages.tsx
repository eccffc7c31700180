import type { Ref } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { PhoneItem } from '#libs/contracts/api/phones';
import { mediaUrl, write } from './api.js';
import { PlaceChoice } from './composer.js';
import type { Channel } from './telephone.js';
import { locale, words } from './words.js';

/** Sends something from whatever telephone it is given. */
export type Send = (message: (mobile: string) => Promise<void>) => void;

interface MessagesProps {
  items: readonly PhoneItem[];
  channel: Channel;
  loading: boolean;
  label: string;
  send: Send;
}

export function Messages({ items, channel, loading, label, send }: MessagesProps) {
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = log.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, [items.length, channel]);
  return (
    <div class="log" ref={log} role="log" aria-label={label} tabIndex={0}>
      {items.length === 0 && <p class="empty">{emptyWords(loading, channel)}</p>}
      {items.map((item) => (
        <Bubble key={item.id} item={item} send={send} />
      ))}
    </div>
  );
}

function emptyWords(loading: boolean, channel: Channel): string {
  if (loading) return words.looking;
  return channel === 'whatsapp' ? words.emptyChat : words.emptySms;
}

const TICKS = { sent: '✓', delivered: '✓✓', read: '✓✓', failed: '!' } as const;

function Bubble({ item, send }: { item: PhoneItem; send: Send }) {
  const mine = item.from === 'citizen';
  return (
    <article class={`bubble ${mine ? 'mine' : 'theirs'}`}>
      <span class="hidden">{mine ? words.you : words.city}</span>
      {item.media && <Media media={item.media} />}
      {item.place && <Place place={item.place} />}
      {item.text !== '' && !item.place && <p class="text">{linked(item.text)}</p>}
      {item.buttons && (
        <div class="choices">
          {item.buttons.map(({ id, title }) => (
            <button key={id} type="button" onClick={() => send((mobile) => choose(mobile, item, id))}>
              {title}
            </button>
          ))}
        </div>
      )}
      {item.list && <Rows item={item} list={item.list} send={send} />}
      {item.wantsPlace && <AskedPlace send={send} />}
      <footer>
        {item.template && <span class="kind">{words.template}</span>}
        <time dateTime={new Date(item.at).toISOString()}>{clock(item.at)}</time>
        {item.status && (
          <span class={`tick ${item.status}`} title={item.error ?? words.status[item.status]}>
            <span aria-hidden="true">{TICKS[item.status]}</span>
            <span class="hidden">{item.error ?? words.status[item.status]}</span>
          </span>
        )}
      </footer>
    </article>
  );
}

function Rows({ item, list, send }: { item: PhoneItem; list: NonNullable<PhoneItem['list']>; send: Send }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const rows = useRevealed<HTMLUListElement>(open);
  return (
    <div class="choices">
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {list.open}
      </button>
      {open && (
        <ul id={id} class="rows" ref={rows}>
          {list.rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                onClick={() => {
                  setOpen(false);
                  send((mobile) => choose(mobile, item, row.id));
                }}
              >
                <span>{row.title}</span>
                {row.description !== undefined && <small>{row.description}</small>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function AskedPlace({ send }: { send: Send }) {
  const [open, setOpen] = useState(false);
  const places = useRevealed<HTMLDivElement>(open);
  return (
    <div class="choices" ref={places}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {words.sendLocation}
      </button>
      {open && <PlaceChoice send={send} onDone={() => setOpen(false)} />}
    </div>
  );
}

/** What opens in the log is brought into sight there, without moving the page. */
function useRevealed<T extends HTMLElement>(open: boolean): Ref<T> {
  const opened = useRef<T>(null);
  useEffect(() => {
    const box = opened.current?.closest('.log');
    if (!open || !box || !opened.current) return;
    const below = opened.current.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom;
    if (below > 0) box.scrollTop += below + 8;
  }, [open]);
  return opened;
}

function Media({ media }: { media: NonNullable<PhoneItem['media']> }) {
  if (media.mime.startsWith('image/')) return <img src={mediaUrl(media.id)} alt={words.photoSent} loading="lazy" />;
  return <p class="voice">{media.mime.startsWith('audio/') ? words.voice : words.document}</p>;
}

function Place({ place }: { place: NonNullable<PhoneItem['place']> }) {
  return (
    <p class="place">
      {place.name ?? words.location}
      <small>
        {place.lat.toFixed(4)}, {place.lon.toFixed(4)}
      </small>
    </p>
  );
}

function choose(mobile: string, { id: of }: PhoneItem, id: string): Promise<void> {
  return write(mobile, { channel: 'whatsapp', kind: 'choice', of, id });
}

/** Addresses can be followed. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s]+)/).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} href={part} target="_blank" rel="noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  );
}

function clock(at: number): string {
  return new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
}
