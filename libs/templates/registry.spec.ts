import { LOCALES, TEMPLATES, type Locale } from '#libs/domain/case/names';
import { DEFINITIONS } from './definitions.js';
import {
  checkTemplates,
  DEFAULT_VARIABLE_LIMIT,
  MAX_SEGMENTS,
  previews,
  registeredText,
  registrationOf,
  render,
  renderMessage,
} from './registry.js';
import { smsSize } from './segments.js';
import { shorten } from './shorten.js';
import type { TemplateDefinition, VariableKind } from './template.js';
import { speak } from './wording/format.js';

/** Tuesday 24 November 2026, 9.30 in the morning in Kolkata. */
const now = Date.UTC(2026, 10, 24, 4);
const reading = { zone: 'Asia/Kolkata', now };
const office = {
  designation: 'Sub-Assistant Engineer',
  department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
  borough: '10',
};
const resolved = {
  number: 'KMC-26-0001234-5',
  matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
  office,
  remarks: 'Valve replaced',
  window: Date.UTC(2026, 11, 9, 6, 30),
  site: 'https://kmc.example.in',
};

describe('message templates', () => {
  it('are complete: every id, every language, the same variables in each', () => {
    expect(() => checkTemplates()).not.toThrow();
    const shown = previews();
    for (const id of TEMPLATES) {
      for (const locale of LOCALES) expect(shown.some((p) => p.id === id && p.locale === locale)).toBe(true);
    }
  });

  it('send exactly the text registered with the operators once its variables are filled', () => {
    for (const preview of previews()) {
      let at = 0;
      const filled = preview.registered.replaceAll('{#var#}', () => preview.values[at++] ?? '?');
      expect(filled).toBe(preview.text);
      expect(at).toBe(preview.values.length);
    }
  });

  it('have a DLT content template of 19 digits of their own for each text, and a WhatsApp template per language', () => {
    const shown = previews();
    const ids = shown.map((preview) => preview.dltTemplateId);
    expect(ids.every((id) => /^\d{19}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(shown.map((p) => `${p.whatsappTemplate.name} ${p.whatsappTemplate.language}`)).size).toBe(
      ids.length,
    );
    expect(shown.every((preview) => preview.header.length === 6)).toBe(true);
  });

  it('never show a code, a state or a role to anybody', () => {
    const codes = /[A-Z]+_[A-Z]+|[a-z]+_[a-z]+|\b(LME|GRO|SLA|OSD|null|undefined|NaN)\b|\{|\}/;
    for (const preview of previews())
      expect([preview.id, codes.exec(preview.text)?.[0]]).toEqual([preview.id, undefined]);
  });

  it('end with their link, so that no full stop becomes part of it', () => {
    const linked = previews().filter(({ text }) => text.includes('https://'));
    expect(linked.length).toBeGreaterThan(0);
    for (const { id, text } of linked)
      expect([id, text]).toEqual([id, expect.stringMatching(/https:\/\/kmc\.example\.in(\/r\/[\w-]{22})?$/)]);
  });

  it('keep English within the cheap alphabet, so that it costs half', () => {
    for (const preview of previews().filter((p) => p.locale === 'en')) {
      expect([preview.id, preview.encoding]).toEqual([preview.id, 'gsm7']);
    }
  });

  it('tell the last resolution at the cap as the closing order', () => {
    const text = (locale: Locale): string =>
      render('resolved', locale, resolved, { ...reading, variant: 'closing_order' }).text;
    expect(text('en')).toMatch(/closing order.*cannot be reopened again/);
    expect(text('bn')).toContain('আর খোলা যাবে না');
    expect(text('hi')).toContain('दोबारा नहीं खोला जा सकता');
    expect(render('resolved', 'en', resolved, reading).text).not.toContain('closing order');
  });

  it('say who has the case and by when, in the words of each language', () => {
    const values = { number: 'KMC-26-0001234-5', matter: resolved.matter, office, due: Date.UTC(2026, 10, 24, 12, 30) };
    const text = (locale: Locale): string => render('assigned_to_citizen', locale, values, reading).text;
    expect(text('en')).toBe(
      'Complaint KMC-26-000 1234-5 (No water supply) is now with the Sub-Assistant Engineer, Water Supply, Borough X. ' +
        'To be done by today, Tuesday 24 November, 6 pm.',
    );
    expect(text('bn')).toContain('আজ, মঙ্গলবার ২৪ নভেম্বর, সন্ধ্যা ৬টার মধ্যে');
    expect(text('bn')).toContain('১০ নম্বর বরো');
    expect(text('hi')).toContain('आज, मंगलवार 24 नवंबर, शाम 6 बजे तक');
    expect(text('hi')).toContain('सब-असिस्टेंट इंजीनियर, जल आपूर्ति, बोरो 10');
  });

  it('keep what people wrote: emoji, Bengali and quotation marks; only line breaks become blanks', () => {
    const { text, values } = render(
      'resolved',
      'en',
      { ...resolved, remarks: 'কাজ হয়েছে 👩‍🔧\r\n "ok" $1 {due}' },
      reading,
    );
    expect(values).toContain('কাজ হয়েছে 👩‍🔧 "ok" $1 {due}');
    expect(text).toContain('They write: "কাজ হয়েছে 👩‍🔧 "ok" $1 {due}".');
  });

  it('shorten a long variable to the limit', () => {
    const long = { ...resolved, remarks: 'word '.repeat(1000) };
    expect(Math.max(...render('resolved', 'en', long, reading).values.map((v) => v.length))).toBeLessThanOrEqual(
      DEFAULT_VARIABLE_LIMIT,
    );
    expect(
      render('resolved', 'en', long, { ...reading, variableLimit: 30 }).values.every((value) => value.length <= 30),
    ).toBe(true);
  });

  it('never take more segments than operators deliver, however much people write', () => {
    const words = 'জল আসছে না, '.repeat(100);
    const long: Partial<Record<VariableKind, unknown>> = {
      quote: words,
      text: words,
      names: { en: words },
      office: { designation: words, department: { en: words }, borough: '10' },
    };
    const sizes = previews().map(({ id, variant, locale }) => {
      const { variables, example } = DEFINITIONS[id] as TemplateDefinition;
      const values = Object.entries(example).map(([name, value]) => [
        name,
        long[variables[name] as VariableKind] ?? value,
      ]);
      return {
        id,
        variant,
        locale,
        segments: renderMessage(id, locale, Object.fromEntries(values) as never, { ...reading, variant }).segments,
      };
    });
    expect(sizes.filter(({ segments }) => segments > MAX_SEGMENTS)).toEqual([]);
    expect(Math.max(...sizes.map(({ segments }) => segments))).toBeGreaterThan(3);
  });

  it('refuse to send a text with a hole', () => {
    expect(() => render('otp', 'en', { minutes: 5 }, reading)).toThrow('otp: no value for {code}');
    expect(() => render('otp', 'en', { code: '1', minutes: 5 }, { ...reading, variant: 'poem' })).toThrow('poem');
  });

  it('are recognised again from the text that was sent, with what a gateway must name', () => {
    for (const { id, locale, text, variant, dltTemplateId, header, whatsappTemplate } of previews()) {
      expect(registrationOf(id, locale, text)).toMatchObject({ variant, dltTemplateId, header, whatsappTemplate });
    }
    expect(registrationOf('otp', 'en', 'Your secret is 204816')).toBeNull();
    expect(
      registrationOf('otp', 'en', 'Your Pratikar code is 1. It works for 5 minutes. Do not give it to anyone.', {
        header: 'KMCGOV',
        dltIds: { 'otp/default/en': '1107160000000000001' },
      }),
    ).toMatchObject({ values: ['1', '5'], header: 'KMCGOV', dltTemplateId: '1107160000000000001' });
  });

  it('show the registered form with placeholders in place of the variables', () => {
    expect(registeredText('otp', 'en')).toBe(
      'Your Pratikar code is {#var#}. It works for {#var#} minutes. Do not give it to anyone.',
    );
  });

  it("keep a code's digits in every language, as they are typed", () => {
    for (const locale of LOCALES)
      expect(render('otp', locale, { code: '204816', minutes: 5 }, reading).text).toContain('204816');
    expect(render('otp', 'bn', { code: '204816', minutes: 5 }, reading).text).toContain('৫ মিনিট');
  });
});

describe('spoken dates', () => {
  const at = (text: string): number => Date.parse(`${text}+05:30`);
  const moment = (locale: Locale, text: string): string => speak('moment', at(text), locale, reading);

  it.each([
    ['en', '2026-11-25T18:30', 'tomorrow, Wednesday 25 November, 6:30 pm'],
    ['en', '2026-11-27T12:00', 'Friday 27 November, 12 noon'],
    ['en', '2027-01-05T09:05', 'Tuesday 5 January 2027, 9:05 am'],
    ['bn', '2026-11-25T16:00', 'আগামীকাল, বুধবার ২৫ নভেম্বর, বিকেল ৪টে'],
    ['bn', '2026-11-27T13:30', 'শুক্রবার ২৭ নভেম্বর, দুপুর দেড়টা'],
    ['bn', '2026-11-27T21:30', 'শুক্রবার ২৭ নভেম্বর, রাত সাড়ে ৯টা'],
    ['hi', '2026-11-25T16:00', 'कल, बुधवार 25 नवंबर, शाम 4 बजे'],
    ['hi', '2026-11-27T14:30', 'शुक्रवार 27 नवंबर, दोपहर ढाई बजे'],
    ['hi', '2027-01-05T09:05', 'मंगलवार 5 जनवरी 2027, सुबह 9:05 बजे'],
  ] as const)('in %s %s reads "%s"', (locale, text, expected) => {
    expect(moment(locale, text)).toBe(expected);
  });

  it('do not call tomorrow in Hindi what was yesterday', () => {
    expect(moment('hi', '2026-11-23T16:00')).toBe('सोमवार 23 नवंबर, शाम 4 बजे');
    expect(moment('en', '2026-11-23T16:00')).toBe('yesterday, Monday 23 November, 4 pm');
  });

  it('inflect the Bengali deadline', () => {
    const deadline = (text: string): string => speak('deadline', at(text), 'bn', reading);
    expect(deadline('2026-11-27T18:00')).toBe('শুক্রবার ২৭ নভেম্বর, সন্ধ্যা ৬টার মধ্যে');
    expect(deadline('2026-11-27T18:10')).toBe('শুক্রবার ২৭ নভেম্বর, সন্ধ্যা ৬টা ১০ মিনিটের মধ্যে');
  });

  it('name no date where none is set', () => {
    expect(speak('deadline', null, 'en', reading)).toBe('as soon as possible');
  });

  it('fall back to English where a master has no name in a language', () => {
    expect(speak('names', { en: 'Pothole', bn: '' }, 'bn', reading)).toBe('Pothole');
  });
});

describe('SMS size', () => {
  it.each([
    ['a'.repeat(160), 'gsm7', 1],
    ['a'.repeat(161), 'gsm7', 2],
    ['€'.repeat(81), 'gsm7', 2],
    ['অ'.repeat(70), 'unicode', 1],
    ['অ'.repeat(71), 'unicode', 2],
    ['😀'.repeat(36), 'unicode', 2],
  ] as const)('counts segments as operators do', (text, encoding, segments) => {
    expect(smsSize(text)).toEqual({ encoding, segments });
  });
});

describe('shortening', () => {
  it('never tears a conjunct or an emoji apart', () => {
    const family = '👨‍👩‍👧';
    const cut = shorten(`abc${family}${family}`, 14);
    expect(cut).toBe(`abc${family}...`);
    const graphemes = new Intl.Segmenter('bn', { granularity: 'grapheme' });
    const text = 'ক্ষমা করবেন '.repeat(5);
    const whole = new Set([...graphemes.segment(text)].map((s) => s.index + s.segment.length));
    for (let limit = 10; limit < 40; limit += 1) {
      const kept = shorten(text, limit).replace(/\.\.\.$/, '');
      expect(text.startsWith(kept)).toBe(true);
      expect(whole.has(kept.length)).toBe(true);
    }
  });
});
