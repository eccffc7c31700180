import { defineTemplate } from '../template.js';

/** Answer to a command by SMS that cannot be carried out. */
export const smsRefused = defineTemplate({
  id: 'sms_refused',
  variables: {
    number: 'caseNumber',
  },
  texts: {
    unknown: {
      bn: 'এই মোবাইল থেকে করা এমন কোনও অভিযোগ পাওয়া যায়নি। অভিযোগ নম্বরের অঙ্কগুলি মিলিয়ে আবার পাঠান।',
      hi: 'इस मोबाइल से की गई ऐसी कोई शिकायत नहीं मिली। शिकायत संख्या के अंक जाँचकर फिर भेजें।',
      en: 'No such complaint was made from this mobile. Compare the digits of the complaint number and send it again.',
    },
    not_answered: {
      bn: 'অভিযোগ {number} এখনও চলছে। উত্তর এলে তবেই এটি করা যাবে।',
      hi: 'शिकायत {number} पर अभी काम चल रहा है। उत्तर मिलने के बाद ही यह हो सकेगा।',
      en: 'Complaint {number} is still being worked on. This can be done once it has been answered.',
    },
    already_rated: {
      bn: 'অভিযোগ {number}: এই উত্তরের নম্বর আপনি আগেই দিয়েছেন।',
      hi: 'शिकायत {number}: इस उत्तर को आप पहले ही अंक दे चुके हैं।',
      en: 'Complaint {number}: you have rated this answer already.',
    },
    limit: {
      bn: 'অভিযোগ {number} আর খোলা যাবে না: আগে দু’বার খোলা হয়েছে।',
      hi: 'शिकायत {number} अब दोबारा नहीं खुल सकती: यह पहले ही दो बार खोली जा चुकी है।',
      en: 'Complaint {number} cannot be reopened again: it has been reopened twice.',
    },
    closed: {
      bn: 'অভিযোগ {number} বন্ধ হয়ে গেছে। সমস্যা থাকলে নতুন অভিযোগ করুন।',
      hi: 'शिकायत {number} बंद हो चुकी है। समस्या हो तो नई शिकायत करें।',
      en: 'Complaint {number} is closed. If the trouble goes on, please make a new complaint.',
    },
  },
  whatsapp: 'pratikar_sms_refused',
  dltSeries: '29',
  example: {
    number: 'KMC-26-0001234-5',
  },
});
