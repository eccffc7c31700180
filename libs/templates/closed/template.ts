import { defineTemplate } from '../template.js';

export const closed = defineTemplate({
  id: 'closed',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    other: 'caseNumber',
  },
  texts: {
    satisfied: {
      bn: 'অভিযোগ {number} ({matter}) বন্ধ করা হল। কাজ নিয়ে আপনার মত জানানোর জন্য ধন্যবাদ।',
      hi: 'शिकायत {number} ({matter}) बंद कर दी गई है। काम पर अपनी राय देने के लिए धन्यवाद।',
      en: 'Complaint {number} ({matter}) is closed. Thank you for telling us how the work was done.',
    },
    dissatisfied: {
      bn: 'অভিযোগ {number} ({matter}) বন্ধ করা হল। কাজে যে সন্তুষ্টি হয়নি তা নথিতে লেখা রইল, ঊর্ধ্বতন আধিকারিকেরা তা দেখবেন। অভিযোগটি আর খোলা যাবে না।',
      hi: 'शिकायत {number} ({matter}) बंद कर दी गई है। काम से संतुष्टि नहीं हुई, यह दर्ज रहेगा और वरिष्ठ अधिकारी इसे देखेंगे। इसे अब दोबारा नहीं खोला जा सकता।',
      en: 'Complaint {number} ({matter}) is closed. It is on record that the work was not good enough, and senior officers will see it. The complaint cannot be reopened.',
    },
    unrated: {
      bn: 'অভিযোগ {number} ({matter}) বন্ধ করা হল, কারণ সময়ের মধ্যে কাজ নিয়ে কোনও মত আসেনি।',
      hi: 'शिकायत {number} ({matter}) बंद कर दी गई है, क्योंकि समय रहते काम पर कोई राय नहीं मिली।',
      en: 'Complaint {number} ({matter}) is closed, because nobody told us in time how the work was done.',
    },
    rejected: {
      bn: 'অভিযোগ {number} ({matter}) বন্ধ করা হল। আগে যে উত্তর দেওয়া হয়েছে সেটিই রইল।',
      hi: 'शिकायत {number} ({matter}) बंद कर दी गई है। पहले दिया गया उत्तर ही मान्य रहेगा।',
      en: 'Complaint {number} ({matter}) is closed. The answer already given stands.',
    },
    withdrawn: {
      bn: 'অভিযোগ {number} ({matter}) তুলে নেওয়া হয়েছে, তাই বন্ধ করা হল।',
      hi: 'शिकायत {number} ({matter}) वापस ले ली गई है, इसलिए बंद कर दी गई है।',
      en: 'Complaint {number} ({matter}) was taken back and is now closed.',
    },
    duplicate: {
      bn: 'অভিযোগ {number} ({matter}) বন্ধ করা হল, কারণ একই সমস্যা নিয়ে অভিযোগ {other}-এ কাজ চলছে। এখন থেকে সেই অভিযোগের খবর আপনি পাবেন।',
      hi: 'शिकायत {number} ({matter}) बंद कर दी गई है, क्योंकि इसी समस्या पर शिकायत {other} में काम चल रहा है। अब आपको उसी की खबर मिलेगी।',
      en: 'Complaint {number} ({matter}) is closed, because the same problem is being worked on as complaint {other}. You will now get news of that one.',
    },
  },
  whatsapp: 'pratikar_closed',
  dltSeries: '06',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    other: 'KMC-26-0001201-4',
  },
});
