import { LOCALES, TEMPLATES, type Locale, type TemplateId } from '#libs/domain/case/names';
import { MessageTemplateEntity } from '#libs/persistence/entities/index';
import type { MasterSpec } from './master-spec.js';
import { upsertRows } from './upsert.js';

type TemplateRow = Omit<MessageTemplateEntity, 'tenant'>;

const TEMPLATE_WORDS: Readonly<Record<string, TemplateId>> = Object.fromEntries(
  TEMPLATES.map((id) => [id.replaceAll('_', ''), id]),
);
const LOCALE_WORDS: Readonly<Record<string, Locale>> = {
  ...Object.fromEntries(LOCALES.map((locale) => [locale, locale])),
  english: 'en',
  bengali: 'bn',
  hindi: 'hi',
};

/**
 * Under which ids a city's operator and WhatsApp know the product's texts. The texts themselves are not a master: they
 * are what was registered, and an operator drops whatever differs from it.
 */
export const templatesMaster: MasterSpec<{ tenant: string }, TemplateRow> = {
  name: 'templates',
  columns: [
    { name: 'template', aliases: ['id'], required: true },
    { name: 'variant', aliases: ['wording'] },
    { name: 'locale', aliases: ['language'], required: true },
    { name: 'dlt_id', aliases: ['dlt template id', 'content template id'] },
    { name: 'header', aliases: ['sender', 'sender id'] },
    { name: 'whatsapp_name', aliases: ['whatsapp', 'whatsapp template'] },
  ],
  context: async (_em, tenant) => ({ tenant }),
  read(reader) {
    const template = reader.oneOf('template', TEMPLATE_WORDS, `one of ${TEMPLATES.join(', ')}`);
    const locale = reader.oneOf('locale', LOCALE_WORDS, LOCALES.join(', '));
    const variant = reader.text('variant', { max: 32 })?.toLowerCase() ?? '';
    const dltId = reader.text('dlt_id', { max: 64 }) ?? null;
    if (dltId !== null && !/^\d{10,30}$/.test(dltId))
      reader.wrong('dlt_id', 'wrong_type', 'the 19 digits of the operator');
    const header = reader.text('header', { max: 16 })?.toUpperCase() ?? null;
    if (header !== null && !/^([A-Z]{3,6}|\d{3,6})$/.test(header)) {
      reader.wrong('header', 'wrong_type', 'a header of 3 to 6 letters, as KMCGOV');
    }
    const whatsappName = reader.text('whatsapp_name', { max: 191 }) ?? null;
    if (whatsappName !== null && !/^[a-z0-9_]+$/.test(whatsappName)) {
      reader.wrong('whatsapp_name', 'wrong_type', 'a name of lower-case letters, digits and _');
    }
    if (reader.ok && dltId === null && header === null && whatsappName === null) {
      reader.wrong('dlt_id', 'required', 'a DLT id, a header or a WhatsApp name');
    }
    if (!reader.ok || !template || !locale) return null;
    const key = `${template}/${variant}/${locale}`;
    return { value: { template, variant, locale, dltId, header, whatsappName }, key, keyColumn: 'template' };
  },
  async write(em, { tenant }, rows) {
    const stored = await em.findBy(MessageTemplateEntity, { tenant });
    const wanted = rows.map(({ value }) => ({ tenant, ...value }));
    return upsertRows(em, MessageTemplateEntity, ['tenant', 'template', 'variant', 'locale'], wanted, stored);
  },
  async *export(em, tenant) {
    for (const row of await em.findBy(MessageTemplateEntity, { tenant })) {
      yield [row.template, row.variant, row.locale, row.dltId ?? '', row.header ?? '', row.whatsappName ?? ''];
    }
  },
};
