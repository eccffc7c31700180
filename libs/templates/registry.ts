import { LOCALES, TEMPLATES, type Locale, type TemplateId } from '#libs/domain/case/names';
import { DEFINITIONS, type Definitions } from './definitions.js';
import { smsSize, type SmsSize } from './segments.js';
import { shorten, singleLine } from './shorten.js';
import type { TemplateDefinition, ValuesOf, VariableKind, VariableValues } from './template.js';
import { speak, type Reading } from './wording/format.js';

export type { LocalNames, OfficeName } from './template.js';
export type { Reading } from './wording/format.js';
export { REJECT_REASONS } from './wording/reject-reasons.js';

export type ValuesFor<T extends TemplateId> = ValuesOf<Definitions[T]['variables']>;
/** Values for a text; those its wording does not use may be left out. */
export type PartialValuesFor<T extends TemplateId> = Partial<ValuesFor<T>>;
type Intersection<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void ? I : never;
/** Values for whatever message may come: the same name means the same thing in every template. */
export type MessageValues = Partial<Intersection<ValuesFor<TemplateId>>>;

export interface RenderedMessage extends SmsSize {
  /** What the citizen reads: the registered text with its variables filled. */
  text: string;
  variant: string;
  /** The filled variables in the order of the text, for providers that take them one by one. */
  values: readonly string[];
  dltTemplateId: string;
  /** The six-character SMS header under which the text is registered. */
  header: string;
  whatsappTemplate: { name: string; language: Locale };
}

export interface RenderOptions extends Reading {
  /** Which wording; the first one of the template when absent. */
  variant?: string;
  /** Longest value of one variable in UTF-16 units; longer ones are shortened. */
  variableLimit?: number;
  header?: string;
  /**
   * The tenant's own content template ids, headers and WhatsApp names by `<template>/<variant>/<locale>`; an empty
   * variant means the first wording.
   */
  dltIds?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  whatsappNames?: Readonly<Record<string, string>>;
}

/** DLT itself asks for 30; operators get more on registration, and remarks of 30 characters say nothing. */
export const DEFAULT_VARIABLE_LIMIT = 160;
export const DEFAULT_HEADER = 'PRTKAR';
/** More than this an operator splits or drops. */
export const MAX_SEGMENTS = 8;
/** Shorter a variable says nothing. */
const SHORTEST_LIMIT = 30;
const PLACEHOLDER = /\{(\w+)\}/g;

/** A mistake in the templates or in what a caller passed; for the programmer, never for a citizen. */
export class TemplateError extends Error {
  override name = 'TemplateError';
}

function definitionOf(id: TemplateId): TemplateDefinition {
  return DEFINITIONS[id];
}

function wordingOf(id: TemplateId, locale: Locale, variant?: string): { variant: string; index: number; text: string } {
  const texts = definitionOf(id).texts;
  const names = Object.keys(texts);
  const name = variant ?? names[0] ?? '';
  const text = texts[name]?.[locale];
  if (text === undefined) throw new TemplateError(`Template ${id} has no text "${name}" in ${locale}`);
  return { variant: name, index: names.indexOf(name), text };
}

/** The text as registered with the telecom operators. */
export function registeredText(id: TemplateId, locale: Locale, variant?: string): string {
  return wordingOf(id, locale, variant).text.replace(PLACEHOLDER, '{#var#}');
}

function demoDltId(series: string, variantIndex: number, locale: Locale): string {
  return `1007${'0'.repeat(10)}${series}${String(variantIndex + 1).padStart(2, '0')}${LOCALES.indexOf(locale) + 1}`;
}

/**
 * Renders one message. Throws a TemplateError when the wording or the value of a variable is missing:
 * a citizen must not receive a text with a hole.
 */
export function render<T extends TemplateId>(
  id: T,
  locale: Locale,
  values: PartialValuesFor<T>,
  options: RenderOptions,
): RenderedMessage {
  return renderMessage(id, locale, values, options);
}

/** As `render`, for a template known only when the message is made. */
export function renderMessage(
  id: TemplateId,
  locale: Locale,
  values: MessageValues,
  options: RenderOptions,
): RenderedMessage {
  const wording = wordingOf(id, locale, options.variant);
  let limit = options.variableLimit ?? DEFAULT_VARIABLE_LIMIT;
  let filled = fill(id, locale, wording.text, values, options, limit);
  // What people wrote at length gives way first; short words stay whole.
  while (smsSize(filled.text).segments > MAX_SEGMENTS && limit > SHORTEST_LIMIT) {
    limit = Math.floor(limit * 0.8);
    filled = fill(id, locale, wording.text, values, options, limit);
  }
  return { ...filled, ...smsSize(filled.text), ...registrationFor(id, locale, wording, options) };
}

function fill(
  id: TemplateId,
  locale: Locale,
  wording: string,
  given: Readonly<Record<string, unknown>>,
  reading: Reading,
  limit: number,
): { text: string; values: string[] } {
  const { variables } = definitionOf(id);
  const values: string[] = [];
  const text = wording.replace(PLACEHOLDER, (_match, name: string) => {
    const kind = variables[name];
    const value = given[name];
    if (kind === undefined || value === undefined) throw new TemplateError(`Template ${id}: no value for {${name}}`);
    const whole = singleLine(speak(kind, value as VariableValues[VariableKind], locale, reading));
    // Half a link leads nowhere.
    const spoken = kind === 'link' ? whole : shorten(whole, limit);
    values.push(spoken);
    return spoken;
  });
  return { text, values };
}

/** Under which ids the texts of a tenant go out. */
export type RegistrationOptions = Pick<RenderOptions, 'header' | 'dltIds' | 'headers' | 'whatsappNames'>;

/** What a gateway has to name beside a text that was rendered earlier. */
export type Registration = Pick<
  RenderedMessage,
  'variant' | 'values' | 'dltTemplateId' | 'header' | 'whatsappTemplate'
>;

/**
 * Finds the registered wording that a stored text was made from. Null when none is, as after a change of the
 * wording: operators refuse such a text.
 */
export function registrationOf(
  id: TemplateId,
  locale: Locale,
  text: string,
  options: RegistrationOptions = {},
): Registration | null {
  const matches = Object.keys(definitionOf(id).texts).flatMap((variant) => {
    const wording = wordingOf(id, locale, variant);
    const fixed = wording.text.split(/\{\w+\}/);
    const values = new RegExp(`^${fixed.map(escapeForPattern).join('(.*?)')}$`, 'u').exec(text)?.slice(1);
    return values ? [{ wording, values, known: fixed.join('').length }] : [];
  });
  const best = matches.sort((one, other) => other.known - one.known)[0];
  return best ? { values: best.values, ...registrationFor(id, locale, best.wording, options) } : null;
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function registrationFor(
  id: TemplateId,
  locale: Locale,
  wording: { variant: string; index: number },
  options: RegistrationOptions,
): Omit<Registration, 'values'> {
  const { dltSeries, whatsapp } = definitionOf(id);
  const own = (ids: Readonly<Record<string, string>> | undefined): string | undefined =>
    ids?.[`${id}/${wording.variant}/${locale}`] ?? (wording.index === 0 ? ids?.[`${id}//${locale}`] : undefined);
  return {
    variant: wording.variant,
    dltTemplateId: own(options.dltIds) ?? demoDltId(dltSeries, wording.index, locale),
    header: own(options.headers) ?? options.header ?? DEFAULT_HEADER,
    whatsappTemplate: {
      name: own(options.whatsappNames) ?? (wording.index === 0 ? whatsapp : `${whatsapp}_${wording.variant}`),
      language: locale,
    },
  };
}

export interface TemplatePreview extends RenderedMessage {
  id: TemplateId;
  locale: Locale;
  registered: string;
}

/** When and where the examples are read. */
const EXAMPLE_READING: Reading = { zone: 'Asia/Kolkata', now: Date.UTC(2026, 10, 24, 4) };

/** Every text of every template in every language, filled with its example; under a city's own ids where it has them. */
export function previews(own: RegistrationOptions = {}): TemplatePreview[] {
  return TEMPLATES.flatMap((id) =>
    Object.keys(definitionOf(id).texts).flatMap((variant) =>
      LOCALES.map((locale) => ({
        id,
        locale,
        registered: registeredText(id, locale, variant),
        ...render(id, locale, definitionOf(id).example as never, { ...EXAMPLE_READING, ...own, variant }),
      })),
    ),
  );
}

function variablesIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '').sort();
}

/** Called at boot. Throws one TemplateError that lists everything wrong with the templates. */
export function checkTemplates(): void {
  const problems: string[] = [];
  const series = new Set<string>();
  for (const id of TEMPLATES) {
    const definition = definitionOf(id);
    if (definition.id !== id) problems.push(`${id}: its definition says ${definition.id}`);
    if (series.has(definition.dltSeries)) problems.push(`${id}: DLT series ${definition.dltSeries} is used twice`);
    series.add(definition.dltSeries);
    problems.push(...problemsOf(definition));
  }
  if (problems.length === 0) {
    for (const preview of previews()) {
      if (preview.segments > MAX_SEGMENTS) {
        problems.push(`${preview.id}/${preview.variant}/${preview.locale}: ${preview.segments} SMS segments`);
      }
    }
  }
  if (problems.length > 0) throw new TemplateError(`Message templates are wrong:\n${problems.join('\n')}`);
}

function problemsOf(definition: TemplateDefinition): string[] {
  const problems: string[] = [];
  const used = new Set<string>();
  for (const [variant, texts] of Object.entries(definition.texts)) {
    const expected = variablesIn(texts.en ?? '').join(' ');
    for (const locale of LOCALES) {
      const where = `${definition.id}/${variant}/${locale}`;
      const text = texts[locale];
      if (!text) problems.push(`${where}: no text`);
      const names = variablesIn(text ?? '');
      names.forEach((name) => used.add(name));
      if (names.join(' ') !== expected) problems.push(`${where}: its variables differ from those of the English text`);
      const unknown = names.filter((name) => !(name in definition.variables));
      if (unknown.length > 0) problems.push(`${where}: unknown variables ${unknown.join(', ')}`);
    }
  }
  const idle = Object.keys(definition.variables).filter((name) => !used.has(name));
  if (idle.length > 0) problems.push(`${definition.id}: variables nobody uses: ${idle.join(', ')}`);
  return problems;
}
