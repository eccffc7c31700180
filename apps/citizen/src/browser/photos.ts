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

  get chosen(): readonly File[] {
    return this.files;
  }

  set(files: readonly File[]): void {
    this.files = [...files];
    this.show('');
  }

  private take(input: HTMLInputElement): void {
    const fresh = [...(input.files ?? [])].filter((file) => file.size > 0);
    const fitting = fresh.filter((file) => file.size <= MOST_BYTES);
    // The album's field keeps what it had: its own list replaces what it gave before, not what the camera gave.
    const all = [...this.files.filter((known) => !fitting.some((file) => same(file, known))), ...fitting];
    this.files = all.slice(0, this.room);
    const fault = fitting.length < fresh.length ? this.words?.large : all.length > this.room ? this.words?.many : '';
    this.show(fault ?? '');
    this.changed();
  }

  private show(fault: string): void {
    const [carrier, ...others] = this.inputs.slice().reverse();
    if (!carrier) return;
    const transfer = new DataTransfer();
    for (const file of this.files) transfer.items.add(file);
    carrier.files = transfer.files;
    for (const other of others) other.value = '';
    this.list?.replaceChildren(...this.files.map((file, index) => this.item(file, index)), ...faultItem(fault));
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

function same(a: File, b: File): boolean {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
}
