import { searchCategories } from './category-search.js';
import { dropDraft, readDraft, writeDraft, type StoredDraft } from './draft-store.js';
import { find, pageData, say } from './page-data.js';
import { MOST_PHOTOS, PhotoPicker } from './photos.js';
import { choosePlace, type Place } from './place.js';

interface LodgeData {
  words: Record<string, string>;
  city: string;
  /** The page was asked for anew: it answers no form. */
  fresh: boolean;
  /** Photos that the server has already. */
  kept: number;
}

const FIELDS = ['category', 'ward', 'landmark', 'description', 'name', 'lat', 'lon'];
const SAVE_AFTER_MS = 400;
const TRY_AGAIN_MS = 20_000;
const PING_PATIENCE_MS = 5_000;

/** Keeps what is typed on this device until the server has it, and sends it once when the network is back. */
class LodgeForm {
  private readonly picker: PhotoPicker;
  private readonly place: Place;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setInterval> | undefined;
  private busy = false;
  /** The server has it: leaving the page must not keep it again. */
  private done = false;
  /** Its writer has pressed “send” and nothing else since. */
  private waiting = false;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly data: LodgeData,
  ) {
    const { words } = data;
    const photoWords = {
      remove: (n: number) => say(words['removePhoto'], String(n)),
      many: words['photoMany'] ?? '',
      large: words['photoLarge'] ?? '',
    };
    this.picker = new PhotoPicker(form, photoWords, MOST_PHOTOS - data.kept, () => this.later());
    this.place = choosePlace(form, words, data.city, () => this.later());
    searchCategories(words);
    form.addEventListener('input', () => this.later());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.send();
    });
    addEventListener('online', () => void this.trySending());
    addEventListener('offline', () => this.tell(words['offline']));
    addEventListener('pagehide', () => void this.save());
  }

  async begin(): Promise<void> {
    // The server has answered a form: what it shows is newer than what is kept.
    if (!this.data.fresh) return;
    const draft = await readDraft();
    if (!draft || draft.city !== this.data.city) return this.setKey(newKey());
    this.fill(draft);
    if (draft.waiting) {
      this.wait(draft);
      await this.trySending();
    } else {
      this.tell(this.data.words['draftKept'], [this.discardButton()]);
    }
  }

  private value(name: string): string {
    const element = this.form.elements.namedItem(name) as { value?: string } | null;
    return element?.value ?? '';
  }

  private current(): StoredDraft {
    return {
      key: this.value('key'),
      city: this.data.city,
      fields: Object.fromEntries(FIELDS.map((name) => [name, this.value(name)])),
      photos: this.picker.chosen.map((file) => ({ name: file.name, type: file.type, bytes: file })),
      waiting: this.waiting,
      at: Date.now(),
    };
  }

  private fill(draft: StoredDraft): void {
    for (const [name, value] of Object.entries({ ...draft.fields, key: draft.key })) {
      const element = this.form.elements.namedItem(name) as { value: string } | null;
      if (element) element.value = value;
    }
    const chosen = this.form.querySelector<HTMLInputElement>('input[name="category"]:checked');
    chosen?.dispatchEvent(new Event('change', { bubbles: true }));
    const group = chosen?.closest('details');
    if (group) group.open = true;
    this.picker.set(draft.photos.map(({ name, type, bytes }) => new File([bytes], name, { type })));
    this.place.offerClearing();
  }

  /** A page that was kept for times without a network would bring the same key each time. */
  private setKey(key: string): void {
    const element = this.form.elements.namedItem('key') as HTMLInputElement | null;
    if (element) element.value = key;
  }

  private later(): void {
    // Whoever writes on has not finished: it is not sent behind their back.
    if (this.waiting) this.tell(this.data.words['offline']);
    this.waiting = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), SAVE_AFTER_MS);
  }

  private async save(): Promise<StoredDraft> {
    clearTimeout(this.timer);
    const draft = this.current();
    const empty = draft.photos.length === 0 && Object.values(draft.fields).every((value) => value === '');
    if (!empty && !this.busy && !this.done) await writeDraft(draft);
    return draft;
  }

  private async send(): Promise<void> {
    await this.picker.settled;
    this.waiting = true;
    const draft = await this.save();
    if (!(await reachable())) return this.wait(draft);
    this.waiting = false;
    await this.save();
    this.form.submit();
  }

  private wait(draft: StoredDraft): void {
    this.waiting = true;
    const photos = Math.min(draft.photos.length, MOST_PHOTOS);
    this.tell(this.data.words[`waiting${photos}`], [this.discardButton()]);
    clearInterval(this.again);
    this.again = setInterval(() => void this.trySending(), TRY_AGAIN_MS);
  }

  /** Sends what waits. However often this happens, its key makes it one complaint. */
  private async trySending(): Promise<void> {
    if (this.busy) return;
    const draft = await readDraft();
    if (!draft?.waiting) return this.tell('');
    if (!(await reachable())) return this.wait(draft);
    this.busy = true;
    try {
      this.tell(this.data.words['sending']);
      await this.deliver(draft);
    } finally {
      this.busy = false;
    }
  }

  private async deliver(draft: StoredDraft): Promise<void> {
    const { words } = this.data;
    const body = new FormData();
    body.set('key', draft.key);
    body.set('city', draft.city);
    for (const [name, value] of Object.entries(draft.fields)) body.set(name, value);
    for (const { name, type, bytes } of draft.photos) body.append('photos', new File([bytes], name, { type }));
    let response: Response;
    try {
      response = await fetch('/lodge/send', { method: 'POST', body, headers: { 'x-requested-with': 'pratikar' } });
    } catch {
      return this.wait(draft);
    }
    const answer = (await response.json().catch(() => ({}))) as { number?: string; href?: string };
    if (response.status === 201 && answer.href) {
      clearInterval(this.again);
      this.done = true;
      await dropDraft();
      this.tell(say(words['sent'], answer.number));
      location.assign(answer.href);
    } else if (response.status === 401 || response.status === 422 || response.status === 403) {
      clearInterval(this.again);
      this.waiting = false;
      await writeDraft({ ...draft, waiting: false });
      this.tell(response.status === 422 ? words['needsLook'] : words['needsCode'], [this.continueButton()]);
    } else {
      this.wait(draft);
    }
  }

  private tell(text: string | undefined, buttons: HTMLElement[] = []): void {
    const box = find('draft-state');
    if (!box) return;
    box.hidden = !text;
    const words = document.createElement('p');
    words.textContent = text ?? '';
    box.replaceChildren(words, ...buttons);
  }

  private continueButton(): HTMLElement {
    return button(this.data.words['continue'], () => this.form.submit());
  }

  private discardButton(): HTMLElement {
    return button(this.data.words['draftDiscard'], () => {
      this.done = true;
      clearTimeout(this.timer);
      void dropDraft().then(() => location.assign('/lodge'));
    });
  }
}

/** A random UUID; `crypto.randomUUID` is missing on pages without TLS. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function button(text: string | undefined, press: () => void): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'second';
  element.textContent = text ?? '';
  element.addEventListener('click', press);
  return element;
}

/** Whether our server answers: what the device says of its network is a guess. */
async function reachable(): Promise<boolean> {
  try {
    const response = await fetch('/lodge/ping', { cache: 'no-store', signal: AbortSignal.timeout(PING_PATIENCE_MS) });
    return response.ok;
  } catch {
    return false;
  }
}

const form = find<HTMLFormElement>('lodge');
if (form) void new LodgeForm(form, pageData<LodgeData>()).begin();
