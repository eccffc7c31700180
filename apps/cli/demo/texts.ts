import type { Locale } from '#libs/domain/case/names';

type Sentences = Readonly<Record<Locale, readonly [string, ...string[]]>>;

/** What people of the play city say on which occasion. */
export const WORDS = {
  done: {
    bn: ['কাজ শেষ হয়েছে, ছবি দেওয়া হল।', 'আজ সকালে সারানো হয়েছে।', 'দল পাঠিয়ে কাজ করা হয়েছে ✅'],
    hi: ['काम पूरा हो गया है।', 'आज सुबह ठीक कर दिया गया।', 'टीम भेजकर काम कराया गया ✅'],
    en: ['Done this morning, see the photo.', 'The crew repaired it.', 'Work completed and checked on the spot ✅'],
  },
  happy: {
    bn: ['ধন্যবাদ, কাজ ভালো হয়েছে।', 'খুব তাড়াতাড়ি হয়েছে 🙏'],
    hi: ['धन्यवाद, अच्छा काम हुआ।', 'बहुत जल्दी हुआ 🙏'],
    en: ['Thank you, well done.', 'Quick work 🙏'],
  },
  unhappy: {
    bn: ['কিছুই হয়নি, আবার দেখুন।', 'একই সমস্যা রয়ে গেছে।'],
    hi: ['कुछ नहीं हुआ, फिर से देखिए।', 'समस्या वैसी ही है।'],
    en: ['Nothing has changed, please look again.', 'The same problem remains.'],
  },
  question: {
    bn: ['বাড়ির নম্বর কত?', 'ঠিক কোন গলিতে?'],
    hi: ['मकान नंबर क्या है?', 'ठीक किस गली में?'],
    en: ['Which house number?', 'In which lane exactly?'],
  },
  answer: {
    bn: ['১২ নম্বর বাড়ির সামনে।', 'মন্দিরের পাশের গলিতে।'],
    hi: ['मकान 12 के सामने।', 'मंदिर के पास वाली गली में।'],
    en: ['In front of number 12.', 'In the lane beside the temple.'],
  },
  note: {
    bn: ['আবহাওয়া ভালো হলে কাজ হবে।', 'মালপত্র আসছে।'],
    hi: ['मौसम ठीक होने पर काम होगा।', 'सामान आ रहा है।'],
    en: ['Material has been ordered.', 'The crew comes when the rain stops.'],
  },
  reason: {
    bn: ['এটি আমার এলাকা নয়।', 'যন্ত্র নেই।'],
    hi: ['यह मेरा क्षेत्र नहीं है।', 'मशीन उपलब्ध नहीं है।'],
    en: ['This is not my beat.', 'The machine is not available.'],
  },
} as const satisfies Readonly<Record<string, Sentences>>;
