import { shrinkPhoto } from '#libs/ui/browser/shrink-photo.js';

export const MOST_PHOTOS = 5;
const MOST_BYTES = 10 * 1024 * 1024;

export interface PhotoWords {
  remove: (n: number) => string;
  many: string;
  large: string;
}

/**
 * Collects what camera and album give, shows it, and lets single photos go. The first field of the pair carries all
 * files when the form is sent.
 */
export class PhotoPicker {
  private files: File[] = [];
  private readonly inputs: HTMLInputElement[];
  private readonly list: HTMLElement | null;
  private shrinking: Promise<void> = Promise.resolve();

  constructor(
    form: HTMLElement,
    private readonly words: PhotoWords | null,
    private readonly room: number,
    private readonly changed: () => void,
  ) {
    this.inputs = [...form.querySelectorAll<HTMLInputElement>('input[type="file"]')];
    this.list = form.querySelector<HTMLElement>('[data-previews]');
    for (const input of this.inputs) input.addEventListener('change', () => this.take(input));
  }

  /** Once everything chosen so far is as small as it will be. */
  get settled(): Promise<void> {
    return this.shrinking;
  }

  get chosen(): readonly File[] {
    return this.files;
  }

  set(files: readonly File[]): void {
    this.files = [...files];
    this.show('');
  }

  private take(input: HTMLInputElement): void {
    const fresh = [...(input.files ?? [])].filter((file) => file.size > 0);
    // The album's field keeps what it had: its own list replaces what it gave before, not what the camera gave.
    const all = [...this.files.filter((known) => !fresh.some((file) => same(file, known))), ...fresh];
    this.files = all.slice(0, this.room);
    this.show(all.length > this.room ? (this.words?.many ?? '') : '');
    this.changed();
    this.shrinking = this.shrinking.then(() => this.shrink(fresh));
  }

  /** What is chosen is shown at once and takes its smaller form when that is made. */
  private async shrink(fresh: readonly File[]): Promise<void> {
    let tooLarge = false;
    for (const file of fresh) {
      const small = await shrinkPhoto(file);
      const at = this.files.indexOf(file);
      if (at < 0) continue;
      const fits = small.size <= MOST_BYTES;
      tooLarge ||= !fits;
      this.files.splice(at, 1, ...(fits ? [small] : []));
    }
    if (tooLarge) this.show(this.words?.large ?? '');
    else this.carry();
    this.changed();
  }

  private show(fault: string): void {
    this.carry();
    this.list?.replaceChildren(...this.files.map((file, index) => this.item(file, index)), ...faultItem(fault));
  }

  private carry(): void {
    const [carrier, ...others] = this.inputs.slice().reverse();
    if (!carrier) return;
    const transfer = new DataTransfer();
    for (const file of this.files) transfer.items.add(file);
    carrier.files = transfer.files;
    for (const other of others) other.value = '';
  }

  private item(file: File, index: number): HTMLElement {
    const item = document.createElement('li');
    const image = document.createElement('img');
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    image.width = 120;
    image.height = 90;
    image.addEventListener('load', () => URL.revokeObjectURL(image.src), { once: true });
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'plain';
    button.textContent = this.words?.remove(index + 1) ?? '×';
    button.addEventListener('click', () => {
      this.files.splice(index, 1);
      this.show('');
      this.changed();
    });
    item.append(image, button);
    return item;
  }
}

function faultItem(fault: string): HTMLElement[] {
  if (fault === '') return [];
  const item = document.createElement('li');
  item.className = 'fault';
  item.textContent = fault;
  return [item];
}

/** One photo, whether it has been made smaller yet or not. */
function same(a: File, b: File): boolean {
  const stem = ({ name }: File) => name.replace(/\.\w+$/, '');
  return stem(a) === stem(b) && a.lastModified === b.lastModified;
}
