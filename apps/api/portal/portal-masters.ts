import type { PortalCity, Speech } from '#libs/contracts/api/portal';
import type { Locale } from '#libs/domain/case/names';
import type { MastersService, MastersSnapshot } from '#libs/masters/index';
import { speak } from '#libs/templates/wording/format';
import { REJECT_REASONS } from '#libs/templates/wording/reject-reasons';

/** Days in which an answer may be rated; a tenant whose clock runs faster has no such date. */
const RATING_DAYS = 15;

/** What the portal knows of the cities, made once for each version of their masters. */
export class PortalMasters {
  private readonly made = new WeakMap<MastersSnapshot, PortalCity>();
  private readonly shapes = new WeakMap<MastersSnapshot, string>();

  constructor(private readonly masters: MastersService) {}

  async cities(): Promise<PortalCity[]> {
    return (await this.snapshots()).map((snapshot) => this.city(snapshot));
  }

  /** Speaks as the messages do; holds the masters of the moment in which it was asked for. */
  async speech(): Promise<Speech> {
    const snapshots = new Map((await this.snapshots()).map((snapshot) => [snapshot.tenant.code, snapshot]));
    const reading = (zone: string) => ({ zone, now: Date.now() });
    const department = (city: string, code: string) => snapshots.get(city)?.departments.get(code)?.names;
    return {
      office: (city, position, borough, locale) => {
        const post = snapshots.get(city)?.posts.get(position);
        if (!post) return null;
        const names = department(city, post.department);
        const everywhere = post.wards.includes('*') || borough === '';
        const office = {
          designation: post.designation,
          ...(names ? { department: names } : {}),
          ...(everywhere ? {} : { borough }),
        };
        return speak('office', office, locale, reading('Asia/Kolkata'));
      },
      department: (city, code, locale) => {
        const names = department(city, code);
        return names ? names[locale] || names.en : '';
      },
      moment: (at, locale, zone) => speak('moment', at, locale, reading(zone)),
      day: (at, locale, zone) => speak('day', at, locale, reading(zone)),
      deadline: (at, locale, zone) => speak('deadline', at, locale, reading(zone)),
    };
  }

  /** GeoJSON text of the wards that have a shape. */
  async wardShapes(city: string): Promise<string> {
    const snapshot = await this.masters.snapshot(city);
    const known = this.shapes.get(snapshot);
    if (known !== undefined) return known;
    const features = [...snapshot.wards.values()].flatMap(({ code, polygon }) =>
      polygon ? [{ type: 'Feature', properties: { ward: code }, geometry: polygon }] : [],
    );
    const text = JSON.stringify({ type: 'FeatureCollection', features });
    this.shapes.set(snapshot, text);
    return text;
  }

  private async snapshots(): Promise<MastersSnapshot[]> {
    const cities = (await this.masters.tenants()).filter(({ kind }) => kind === 'ulb');
    return Promise.all(cities.map(({ code }) => this.masters.snapshot(code)));
  }

  private city(snapshot: MastersSnapshot): PortalCity {
    let city = this.made.get(snapshot);
    if (!city) this.made.set(snapshot, (city = cityOf(snapshot)));
    return city;
  }
}

function cityOf(snapshot: MastersSnapshot): PortalCity {
  const { tenant } = snapshot;
  const { settings } = tenant;
  const hurried = settings['clockScale'] !== undefined;
  const text = (name: string) => (typeof settings[name] === 'string' && settings[name] !== '' ? settings[name] : null);
  const wards = [...snapshot.wards.values()]
    .map(({ code, borough }) => ({ code, borough }))
    .sort((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true }));
  return {
    code: tenant.code,
    names: tenant.names,
    defaultLocale: localeOf(settings['defaultLocale']),
    zone: tenant.zone,
    listed: !hurried,
    ratingDays: hurried ? null : RATING_DAYS,
    legacyUrl: text('legacyUrl'),
    legacyUntil: text('legacyUntil'),
    groups: groupsOf(snapshot),
    wards,
    mapped: [...snapshot.wards.values()].some(({ polygon }) => polygon !== null),
    rejectReasons: { ...Object.fromEntries(snapshot.rejectReasons), ...REJECT_REASONS },
  };
}

/** By department; those with most to complain about first, and in each what is to be done soonest. */
function groupsOf(snapshot: MastersSnapshot): PortalCity['groups'] {
  const groups = new Map<string, PortalCity['groups'][number]['items'][number][]>();
  const active = [...snapshot.subCategories.values()]
    .filter((item) => item.active)
    .sort((a, b) => a.slaHours - b.slaHours || a.names.en.localeCompare(b.names.en));
  for (const { code, names, department, hideComplainant, questions } of active) {
    const items = groups.get(department) ?? [];
    items.push({ code, names, hidden: hideComplainant, ...(questions.length > 0 ? { questions } : {}) });
    groups.set(department, items);
  }
  return [...groups]
    .map(([code, items]) => ({ code, names: snapshot.departments.get(code)?.names ?? { en: code }, items }))
    .sort((a, b) => b.items.length - a.items.length || a.names.en.localeCompare(b.names.en));
}

function localeOf(value: unknown): Locale {
  return value === 'bn' || value === 'hi' ? value : 'en';
}
