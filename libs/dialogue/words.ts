import type { Locale } from '#libs/domain/case/names';

/** Words that mean the same wherever the dialogue is. */
export type ControlWord = 'menu' | 'back' | 'cancel' | 'help' | 'language' | 'resume';

const CONTROL: Readonly<Record<ControlWord, readonly string[]>> = {
  menu: [
    'menu',
    'start',
    'hi',
    'hello',
    'hey',
    'main menu',
    'home',
    'মেনু',
    'মেনুতে',
    'শুরু',
    'হ্যালো',
    'নমস্কার',
    'मेनू',
    'मेन्यू',
    'मेनु',
    'शुरू',
    'नमस्ते',
    'हैलो',
    'namaskar',
    'namaste',
    'nomoskar',
    'shuru',
  ],
  back: [
    'back',
    'previous',
    'ফিরে',
    'পিছনে',
    'আগের',
    'ফেরত',
    'ফিরে যান',
    'वापस',
    'पीछे',
    'phire',
    'pichone',
    'wapas',
    'vapas',
    'peeche',
  ],
  cancel: [
    'cancel',
    'stop',
    'quit',
    'exit',
    'end',
    'বাতিল',
    'থামুন',
    'বন্ধ',
    'বন্ধ করুন',
    'रद्द',
    'रद्द करें',
    'रोको',
    'बंद',
    'batil',
    'radd',
    'bondho',
  ],
  help: ['help', '?', 'সাহায্য', 'সহায়তা', 'मदद', 'सहायता', 'sahajyo', 'shahajjo', 'madad', 'sahayata'],
  language: ['language', 'lang', 'change language', 'ভাষা', 'ভাষা বদলান', 'भाषा', 'भाषा बदलें', 'bhasha'],
  resume: ['continue', 'resume', 'go on', 'এগিয়ে যান', 'চালিয়ে যান', 'आगे बढ़ें', 'जारी', 'जारी रखें'],
};

const LANGUAGES: Readonly<Record<Locale, readonly string[]>> = {
  bn: ['বাংলা', 'বাঙলা', 'bangla', 'bengali'],
  hi: ['हिन्दी', 'हिंदी', 'hindi'],
  en: ['english', 'ইংরেজি', 'ইংরাজি', 'अंग्रेज़ी', 'अंग्रेजी', 'inglish', 'angrezi'],
};

const ANSWERS = {
  yes: [
    'yes',
    'y',
    'ok',
    'okay',
    'yes please',
    'agree',
    'i agree',
    'send',
    'submit',
    'হ্যাঁ',
    'হ্যা',
    'হাঁ',
    'রাজি',
    'রাজি আছি',
    'ঠিক আছে',
    'পাঠান',
    'हाँ',
    'हां',
    'जी',
    'जी हाँ',
    'सहमत',
    'सहमत हूँ',
    'ठीक है',
    'भेजें',
    'भेजो',
    'ha',
    'haan',
    'han',
    'hyan',
    'raji',
    'thik ache',
    'theek hai',
    'pathan',
  ],
  no: ['no', 'n', 'nope', 'না', 'নয়', 'नहीं', 'नही', 'ना', 'na', 'nahi', 'nahin'],
  skip: [
    'skip',
    'done',
    'next',
    'go on',
    'continue',
    'no photo',
    'none',
    'nothing',
    'ছবি নেই',
    'হয়ে গেছে',
    'এগিয়ে যান',
    'আর নেই',
    'আর কিছু নয়',
    'নেই',
    'पूरा',
    'हो गया',
    'आगे',
    'आगे बढ़ें',
    'फ़ोटो नहीं है',
    'और कुछ नहीं',
    'hoye geche',
    'ho gaya',
  ],
} as const;

const MENU_WORDS = {
  file: [
    'file',
    'complaint',
    'complain',
    'new complaint',
    'report',
    'report a problem',
    'problem',
    'অভিযোগ',
    'অভিযোগ জানান',
    'অভিযোগ করব',
    'সমস্যা',
    'সমস্যা জানান',
    'নতুন অভিযোগ',
    'शिकायत',
    'शिकायत करनी है',
    'समस्या',
    'समस्या बताइए',
    'नई शिकायत',
    'obhijog',
    'shikayat',
    'somossa',
  ],
  track: [
    'track',
    'status',
    'my complaints',
    'আমার অভিযোগ',
    'অবস্থা',
    'মেরি',
    'স্ট্যাটাস',
    'स्थिति',
    'मेरी शिकायतें',
    'मेरी शिकायत',
    'स्टेटस',
    'obostha',
    'sthiti',
    'amar obhijog',
    'meri shikayat',
  ],
  rate: ['rate', 'rating', 'feedback', 'নম্বর', 'নম্বর দিন', 'মতামত', 'মূল্যায়ন', 'अंक', 'अंक दें', 'राय', 'मूल्यांकन'],
} as const;

/** Letters and digits alone, in one spelling: signs, emoji, nuktas and upper case say nothing here. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\u09bc\u093c\u200b-\u200d\ufe0f]/g, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{Nd}?]+/gu, ' ')
    .trim();
}

function lookup<K extends string>(table: Readonly<Record<K, readonly string[]>>): (text: string) => K | null {
  const index = new Map<string, K>();
  for (const [key, words] of Object.entries(table) as [K, readonly string[]][]) {
    for (const word of words) index.set(plain(word), key);
  }
  return (text) => index.get(plain(text)) ?? null;
}

export const controlWord = lookup(CONTROL);
export const languageWord = lookup(LANGUAGES);
export const plainAnswer = lookup(ANSWERS);
export const menuWord = lookup(MENU_WORDS);

const BENGALI = /[\u0980-\u09ff]/;
const DEVANAGARI = /[\u0900-\u097f]/;

/** The language that a text is probably written in; null for latin letters, which may be any. */
export function scriptOf(text: string): Locale | null {
  if (BENGALI.test(text)) return 'bn';
  return DEVANAGARI.test(text) ? 'hi' : null;
}

/** Digits of every script as 0–9. */
export function latinDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u09e6-\u09ef]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6))
    .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
}

/** The ward named in a text: a bare number, "ward 63", "৬৩ নম্বর ওয়ার্ড", "वार्ड 63"; null when there is none. */
export function wardIn(text: string): string | null {
  const digits = latinDigits(text).toLowerCase();
  const bare = /^\s*(?:no\.?|নং|#)?\s*(\d{1,3})\s*(?:no\.?|নং|नं\.?)?\s*$/.exec(digits);
  const named =
    /(?:ward|wd|w\/|ওয়ার্ড|ওয়ার্ড|वार्ड)(?:\s|-|:|no\.?|number|nombor|নং|নম্বর|नंबर|नं\.?|#)*(\d{1,3})(?!\d)/u.exec(digits) ??
    /(?<!\d)(\d{1,3})\s*-?\s*(?:no\.?|number|nombor|নং|নম্বর|नंबर|नं\.?)?\s*(?:ward|ওয়ার্ড|ওয়ার্ড|वार्ड)/u.exec(digits);
  return bare?.[1] ?? named?.[1] ?? null;
}
