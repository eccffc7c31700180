import type { CommandName, Locale } from '#libs/domain/case/names';

type Reply = Record<Locale, string>;
type Replies = Partial<Record<CommandName, readonly Reply[]>>;

/**
 * Sentences that officers write every day, by category (`*` for all), in the citizen's language.
 * They are a beginning to be completed, never a whole answer: hence the gaps marked "…".
 */
const REPLIES: Record<string, Replies> = {
  '*': {
    resolve: [
      {
        bn: 'আমাদের কর্মীরা … তারিখে জায়গাটি দেখে কাজটি শেষ করেছেন। আবার সমস্যা হলে জানাবেন।',
        hi: 'हमारे कर्मचारियों ने … को जगह देखकर काम पूरा किया। फिर समस्या हो तो बताएँ।',
        en: 'Our staff visited the place on … and finished the work. Please tell us if the problem comes back.',
      },
    ],
    'ask-citizen': [
      {
        bn: 'জায়গাটি ঠিক কোথায়? কাছের দোকান, মোড় বা বাড়ির নম্বর জানালে সুবিধা হয়।',
        hi: 'जगह ठीक कहाँ है? पास की दुकान, मोड़ या मकान नंबर बताएँ।',
        en: 'Where exactly is it? A shop, crossing or house number near by would help.',
      },
      {
        bn: 'সমস্যাটির একটি ছবি পাঠাতে পারেন?',
        hi: 'क्या आप समस्या की एक फ़ोटो भेज सकते हैं?',
        en: 'Could you send us a photo of the problem?',
      },
    ],
    reject: [
      {
        bn: 'এই বিষয়টি পুরসভার এক্তিয়ারে পড়ে না, কারণ …। আপনি … দপ্তরে যোগাযোগ করতে পারেন।',
        hi: 'यह मामला नगर निगम के अधिकार में नहीं है, क्योंकि …। आप … कार्यालय से संपर्क कर सकते हैं।',
        en: 'This matter is outside the corporation’s powers because …. You can turn to ….',
      },
    ],
  },
  WATER: {
    resolve: [
      {
        bn: 'পাইপের ছিদ্র সারানো হয়েছে এবং জলের চাপ পরীক্ষা করা হয়েছে।',
        hi: 'पाइप का रिसाव ठीक किया गया और पानी का दबाव जाँचा गया।',
        en: 'The leak has been repaired and the water pressure tested.',
      },
    ],
    'ask-citizen': [
      {
        bn: 'দিনের কোন সময়ে জল আসে না? পাশের বাড়িগুলিতেও কি একই সমস্যা?',
        hi: 'दिन के किस समय पानी नहीं आता? क्या पड़ोस में भी यही समस्या है?',
        en: 'At what time of day is there no water? Do the neighbours have the same problem?',
      },
    ],
  },
  DRAIN: {
    resolve: [
      {
        bn: 'নর্দমা পরিষ্কার করা হয়েছে; জল এখন স্বাভাবিক ভাবে নামছে।',
        hi: 'नाली साफ़ कर दी गई है; पानी अब ठीक से निकल रहा है।',
        en: 'The drain has been cleaned and the water now runs off.',
      },
    ],
  },
  SWM: {
    resolve: [
      {
        bn: 'জঞ্জাল সরানো হয়েছে এবং জায়গাটিতে ব্লিচিং পাউডার দেওয়া হয়েছে।',
        hi: 'कूड़ा हटा दिया गया है और ब्लीचिंग पाउडर डाला गया है।',
        en: 'The waste has been removed and the place treated with bleaching powder.',
      },
    ],
  },
  LIGHT: {
    resolve: [
      {
        bn: 'আলোটি সারানো হয়েছে এবং সন্ধ্যায় জ্বলছে কি না দেখা হয়েছে।',
        hi: 'बत्ती ठीक कर दी गई है और शाम को जाँच ली गई है।',
        en: 'The light has been repaired and was seen working after dark.',
      },
    ],
  },
};

export function cannedReplies(command: CommandName, category: string | undefined, locale: Locale): string[] {
  const own = category ? (REPLIES[category]?.[command] ?? []) : [];
  return [...own, ...(REPLIES['*']?.[command] ?? [])].map((reply) => reply[locale]);
}
