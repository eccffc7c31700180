import { defineTemplate } from '../template.js';

export const dailyDigest = defineTemplate({
  id: 'daily_digest',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    place: 'ward',
    since: 'moment',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} এখনও মেটেনি। {matter}, {place}। সময় পেরিয়েছে: {since}।',
      hi: 'शिकायत {number} अब भी पूरी नहीं हुई। {matter}, {place}। समय निकल चुका है: {since}।',
      en: 'Complaint {number} is still not done. {matter}, {place}. It was due {since}.',
    },
  },
  whatsapp: 'pratikar_daily_digest',
  dltSeries: '25',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    place: '91',
    since: Date.UTC(2026, 10, 23, 12, 30),
  },
});
