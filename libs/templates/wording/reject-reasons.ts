import type { LocalNames } from '../template.js';

/** The reasons every tenant has; a tenant's own ones carry their names in its masters. */
export const REJECT_REASONS: Readonly<Record<string, LocalNames>> = {
  sub_judice: { en: 'The matter is before a court', bn: 'বিষয়টি আদালতে বিচারাধীন', hi: 'मामला अदालत में है' },
  service_matter: {
    en: 'It is about the service of an employee, which has its own procedure',
    bn: 'এটি কর্মীর চাকরি সংক্রান্ত বিষয়, তার আলাদা নিয়ম আছে',
    hi: 'यह कर्मचारी की नौकरी का मामला है, जिसकी अलग प्रक्रिया है',
  },
  private_dispute: {
    en: 'It is a dispute between private persons',
    bn: 'এটি ব্যক্তিগত বিবাদ',
    hi: 'यह निजी विवाद है',
  },
  religious: { en: 'It is a religious matter', bn: 'এটি ধর্মীয় বিষয়', hi: 'यह धार्मिक मामला है' },
  rti: {
    en: 'It asks for information, which is given under the Right to Information Act',
    bn: 'এটি তথ্য জানার আবেদন, তথ্যের অধিকার আইনে আবেদন করতে হবে',
    hi: 'यह सूचना माँगने का मामला है, इसके लिए सूचना का अधिकार क़ानून में आवेदन करें',
  },
  no_answer: {
    en: 'We asked you a question and had no answer',
    bn: 'আমাদের প্রশ্নের উত্তর পাওয়া যায়নি',
    hi: 'हमारे प्रश्न का उत्तर नहीं मिला',
  },
  not_a_grievance: {
    en: 'It is not a complaint about a service of the city',
    bn: 'এটি পুরসভার কোনও পরিষেবা নিয়ে অভিযোগ নয়',
    hi: 'यह नगर निगम की किसी सेवा की शिकायत नहीं है',
  },
};
