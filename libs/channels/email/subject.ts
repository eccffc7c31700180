import type { Locale } from '#libs/domain/case/names';
import type { OutboundMessage } from '../channel.js';

const ABOUT: Readonly<Record<Locale, (number: string) => string>> = {
  en: (number) => `Complaint ${number}`,
  bn: (number) => `অভিযোগ ${number}`,
  hi: (number) => `शिकायत ${number}`,
};
const MATTER: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  daily_digest: { en: 'Overdue complaints', bn: 'সময় পেরোনো অভিযোগ', hi: 'समय बीत चुकी शिकायतें' },
  work_escalated: { en: 'You answer for it now', bn: 'এখন আপনার দায়িত্বে', hi: 'अब आप उत्तरदायी हैं' },
  decision_overdue: { en: 'A decision is overdue', bn: 'সিদ্ধান্ত বাকি', hi: 'निर्णय बाकी है' },
  directive_overdue: { en: 'A directive is overdue', bn: 'নির্দেশের সময় পেরিয়েছে', hi: 'निर्देश का समय बीत गया' },
};

/** Subject of an e-mail in the reader's language. */
export function subjectOf({ template, locale, case: number }: OutboundMessage): string {
  const matter = MATTER[template]?.[locale];
  const about = number === null ? 'Pratikar' : ABOUT[locale](number);
  if (template === 'daily_digest') return `Pratikar: ${matter ?? about}`;
  return matter === undefined ? about : `${about}: ${matter}`;
}
