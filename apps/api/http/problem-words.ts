import type { Locale } from '#libs/domain/case/names';
import type { FieldProblem } from '#libs/domain/case/types';

/** How problems are told in one language. English is what the code says itself. */
export interface ProblemWords {
  detail(code: string, english: string, errors?: readonly FieldProblem[]): string;
  expected(problem: FieldProblem): string;
}

interface Dictionary {
  codes: Readonly<Record<string, string>>;
  problems: Readonly<Record<string, string>>;
}

const BN: Dictionary = {
  codes: {
    not_found: 'এমন কোনও অভিযোগ নেই, অথবা আপনি তা দেখতে পারবেন না।',
    invalid_number: 'অভিযোগ নম্বরটি ঠিক নয়। অনুগ্রহ করে অঙ্কগুলি মিলিয়ে দেখুন।',
    forbidden: 'আপনি এই কাজটি করতে পারবেন না।',
    unauthenticated: 'আগে লগ ইন করুন।',
    validation: 'কিছু তথ্য ঠিক নেই। নীচের ঘরগুলি দেখুন।',
    state_conflict: 'অভিযোগটি এখন যে অবস্থায় আছে তাতে এটি করা যাবে না।',
    already_rated: 'আপনি এই সমাধানের মূল্যায়ন আগেই করেছেন।',
    limit_reached: 'এর সীমা শেষ হয়ে গেছে; আর করা যাবে না।',
    idempotency_mismatch: 'এই Idempotency-Key আগে অন্য তথ্যের সঙ্গে ব্যবহার হয়েছে।',
    worker_unavailable: 'এই মুহূর্তে কাজটি করা যাচ্ছে না। একটু পরে আবার চেষ্টা করুন।',
    temporal_unavailable: 'এই মুহূর্তে কাজটি করা যাচ্ছে না। একটু পরে আবার চেষ্টা করুন।',
    media_unavailable: 'এই মুহূর্তে ছবি রাখা বা দেখানো যাচ্ছে না। একটু পরে আবার চেষ্টা করুন।',
    database_unavailable: 'এই মুহূর্তে কাজটি করা যাচ্ছে না। একটু পরে আবার চেষ্টা করুন।',
    wrong_code: 'কোডটি ঠিক নয় বা তার সময় শেষ হয়ে গেছে।',
    too_many_requests: 'অনেকবার চেষ্টা হয়েছে। একটু পরে আবার চেষ্টা করুন।',
    malformed: 'পাঠানো তথ্য পড়া যাচ্ছে না।',
    too_large: 'পাঠানো তথ্য অনুমোদিত মাপের চেয়ে বড়।',
    unsupported_media_type: 'এই ধরনের ফাইল বা তথ্য নেওয়া হয় না।',
    internal: 'আমাদের দিকে কিছু ভুল হয়েছে; তা নথিভুক্ত হয়েছে।',
  },
  problems: {
    required: 'এটি দিতেই হবে',
    too_long: 'এটি খুব লম্বা',
    unknown: 'তালিকা থেকে একটি বেছে নিন',
    out_of_range: 'মানটি অনুমোদিত সীমার বাইরে',
    wrong_type: 'এটি ঠিক ধরনের নয়',
    not_allowed: 'এটি এখানে দেওয়া যায় না',
    invalid_mobile: '১০ অঙ্কের মোবাইল নম্বর দিন',
    ward_needed: 'আপনার ওয়ার্ড নম্বর দিন',
  },
};

const HI: Dictionary = {
  codes: {
    not_found: 'ऐसी कोई शिकायत नहीं है, या आप उसे नहीं देख सकते।',
    invalid_number: 'शिकायत संख्या सही नहीं है। कृपया अंक जाँच लें।',
    forbidden: 'आप यह काम नहीं कर सकते।',
    unauthenticated: 'पहले लॉग इन करें।',
    validation: 'कुछ जानकारी सही नहीं है। नीचे के खाने देखें।',
    state_conflict: 'शिकायत की अभी की स्थिति में यह नहीं किया जा सकता।',
    already_rated: 'आप इस समाधान को पहले ही आँक चुके हैं।',
    limit_reached: 'इसकी सीमा पूरी हो चुकी है; अब यह नहीं हो सकता।',
    idempotency_mismatch: 'यह Idempotency-Key पहले दूसरी जानकारी के साथ भेजी जा चुकी है।',
    worker_unavailable: 'अभी यह नहीं हो पा रहा है। थोड़ी देर में फिर कोशिश करें।',
    temporal_unavailable: 'अभी यह नहीं हो पा रहा है। थोड़ी देर में फिर कोशिश करें।',
    media_unavailable: 'अभी तस्वीरें रखी या दिखाई नहीं जा सकतीं। थोड़ी देर में फिर कोशिश करें।',
    database_unavailable: 'अभी यह नहीं हो पा रहा है। थोड़ी देर में फिर कोशिश करें।',
    wrong_code: 'कोड सही नहीं है या उसका समय समाप्त हो गया है।',
    too_many_requests: 'बहुत बार कोशिश हुई। थोड़ी देर में फिर कोशिश करें।',
    malformed: 'भेजी गई जानकारी पढ़ी नहीं जा सकी।',
    too_large: 'भेजी गई जानकारी तय सीमा से बड़ी है।',
    unsupported_media_type: 'इस प्रकार की फ़ाइल या जानकारी नहीं ली जाती।',
    internal: 'हमारी ओर कुछ गड़बड़ हुई; यह दर्ज कर लिया गया है।',
  },
  problems: {
    required: 'यह देना ज़रूरी है',
    too_long: 'यह बहुत लंबा है',
    unknown: 'सूची में से एक चुनें',
    out_of_range: 'मान तय सीमा के बाहर है',
    wrong_type: 'यह सही प्रकार का नहीं है',
    not_allowed: 'यह यहाँ नहीं दिया जा सकता',
    invalid_mobile: '10 अंकों का मोबाइल नंबर दें',
    ward_needed: 'अपना वार्ड नंबर दें',
  },
};

const ENGLISH: ProblemWords = {
  detail: (_code, english) => english,
  expected: (problem) => problem.expected,
};

const WORDS: Readonly<Record<Locale, ProblemWords>> = { en: ENGLISH, bn: translated(BN), hi: translated(HI) };

export function wordsFor(locale: Locale): ProblemWords {
  return WORDS[locale];
}

function translated({ codes, problems }: Dictionary): ProblemWords {
  return {
    detail: (code, english, errors) => {
      const text = codes[code];
      if (!text) return english;
      const first = errors?.[0];
      const said = first && problems[first.problem];
      // The field's name stays as it is: it is the name in the request.
      return first && said ? `${text} ${first.field}: ${said}` : text;
    },
    expected: (problem) => {
      const said = problems[problem.problem];
      return said ? `${said} (${problem.expected})` : problem.expected;
    },
  };
}
