import { find, say } from './page-data.js';

/** The place by the device, by the map, or simply by the number of the ward. */
export function choosePlace(
  form: HTMLFormElement,
  words: Record<string, string>,
  city: string,
  changed: () => void,
): Place {
  const place = new Place(form, words, changed);
  find('locate')?.addEventListener('click', () => place.locate());
  find('clear-place')?.addEventListener('click', () => place.clear());
  const box = find('map-box');
  const button = find('show-map');
  button?.addEventListener('click', () => {
    if (!box) return;
    box.hidden = !box.hidden;
    button.setAttribute('aria-expanded', String(!box.hidden));
    if (!box.hidden) void place.showMap(city);
  });
  return place;
}

interface WardMap {
  mark(lat: number, lon: number): void;
  unmark(): void;
}

export class Place {
  private map: Promise<WardMap> | null = null;
  private readonly lat: HTMLInputElement;
  private readonly lon: HTMLInputElement;
  private readonly ward: HTMLInputElement;

  constructor(
    form: HTMLFormElement,
    private readonly words: Record<string, string>,
    private readonly changed: () => void,
  ) {
    const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
    this.lat = field('lat');
    this.lon = field('lon');
    this.ward = field('ward');
    this.offerClearing();
  }

  locate(): void {
    this.tell(this.words['locating']);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => void this.set(coords.latitude, coords.longitude),
      () => this.tell(this.words['locateFailed']),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  }

  async set(lat: number, lon: number): Promise<void> {
    this.lat.value = lat.toFixed(6);
    this.lon.value = lon.toFixed(6);
    this.offerClearing();
    if (this.map) (await this.map).mark(lat, lon);
    try {
      const response = await fetch(`/lodge/ward?lat=${this.lat.value}&lon=${this.lon.value}`);
      const { ward } = (await response.json()) as { ward: string | null };
      if (ward !== null) this.ward.value = ward;
      this.tell(ward === null ? this.words['locatedOutside'] : say(this.words['located'], ward));
    } catch {
      // Without a network the server finds the ward later, from the place itself.
      this.tell('');
    }
    this.changed();
  }

  clear(): void {
    this.lat.value = '';
    this.lon.value = '';
    this.offerClearing();
    this.tell('');
    void this.map?.then((map) => map.unmark());
    this.changed();
    this.ward.focus();
  }

  async showMap(city: string): Promise<void> {
    const element = find('map');
    const here = find('map-here');
    if (!element || !here) return;
    this.map ??= import('./map.js').then(({ openMap }) =>
      openMap(element, here, city, (lat, lon) => void this.set(lat, lon)),
    );
    try {
      const map = await this.map;
      if (this.lat.value !== '') map.mark(Number(this.lat.value), Number(this.lon.value));
    } catch {
      this.map = null;
      this.tell(this.words['mapFailed']);
    }
  }

  offerClearing(): void {
    const button = find('clear-place');
    if (button) button.hidden = this.lat.value === '';
  }

  private tell(text: string | undefined): void {
    const state = find('place-state');
    if (state) state.textContent = text ?? '';
  }
}
