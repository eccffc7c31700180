import type { ChatContent } from '#libs/contracts/chat';
import type { Locale } from '#libs/domain/case/names';
import { text } from './replies.js';
import { nameIn, TEXTS, type Texts } from './texts/index.js';
import type { CityInfo, DialogueState, Draft, KindInfo, Names, Step, World } from './types.js';

const together = new WeakMap<readonly CityInfo[], readonly KindInfo[]>();

/** The kinds of several cities, each once; the same list for the same cities, as looking words up in it is prepared. */
function kindsOfAll(cities: readonly CityInfo[]): readonly KindInfo[] {
  const known = together.get(cities);
  if (known) return known;
  const kinds = [...new Map(cities.flatMap((city) => city.kinds.map((kind) => [kind.code, kind] as const))).values()];
  together.set(cities, kinds);
  return kinds;
}

/** One turn while it is taken: the state that it changes and what it says. The state it began with is left alone. */
export class Talk {
  readonly state: DialogueState;
  readonly replies: ChatContent[] = [];

  constructor(
    before: DialogueState,
    readonly world: World,
  ) {
    this.state = structuredClone(before);
  }

  get locale(): Locale {
    return this.state.locale ?? 'en';
  }

  get t(): Texts {
    return TEXTS[this.locale];
  }

  say(content: ChatContent | string): void {
    this.replies.push(typeof content === 'string' ? text(content) : content);
  }

  go(step: Step): void {
    this.state.step = step;
  }

  name(names: Names): string {
    return nameIn(names, this.locale);
  }

  /** The draft, made when there is none. */
  draft(): Draft {
    const { world, state } = this;
    const only = world.cities.length === 1 ? world.cities[0]?.code : undefined;
    state.draft ??= { ...(only ? { city: only } : {}), details: [], attachments: [], touchedAt: world.now };
    state.draft.touchedAt = world.now;
    return state.draft;
  }

  city(code: string | undefined | null): CityInfo | null {
    return this.world.cities.find((city) => city.code === code) ?? null;
  }

  /** Kinds of the draft's city, else of the last one, else of all. */
  kinds(): readonly KindInfo[] {
    const city = this.city(this.state.draft?.city) ?? this.city(this.state.city);
    if (city) return city.kinds;
    return kindsOfAll(this.world.cities);
  }

  kindName(code: string): string {
    const kind = this.kinds().find((each) => each.code === code);
    return kind ? this.name(kind.names) : code;
  }
}
