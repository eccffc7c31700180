import { defineTemplate } from '../template.js';

export const answerUndone = defineTemplate({
  id: 'answer_undone',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    office: 'office',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}) নিয়ে আগের উত্তরটি ভুল করে পাঠানো হয়েছিল। কাজ এখনও চলছে, দেখছেন {office}।',
      hi: 'शिकायत {number} ({matter}) का पिछला उत्तर गलती से भेजा गया था। काम अभी चल रहा है, इसे {office} देख रहे हैं।',
      en: 'The last answer on complaint {number} ({matter}) was sent by mistake. The work goes on. It is with the {office}.',
    },
    unassigned: {
      bn: 'অভিযোগ {number} ({matter}) নিয়ে আগের উত্তরটি ভুল করে পাঠানো হয়েছিল। অভিযোগটি এখনও খোলা আছে।',
      hi: 'शिकायत {number} ({matter}) का पिछला उत्तर गलती से भेजा गया था। शिकायत अब भी खुली है।',
      en: 'The last answer on complaint {number} ({matter}) was sent by mistake. The complaint is still open.',
    },
  },
  whatsapp: 'pratikar_answer_undone',
  dltSeries: '09',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    office: {
      designation: 'Sub-Assistant Engineer',
      department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
      borough: '10',
    },
  },
});
