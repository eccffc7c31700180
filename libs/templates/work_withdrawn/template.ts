import { defineTemplate } from '../template.js';

export const workWithdrawn = defineTemplate({
  id: 'work_withdrawn',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    place: 'ward',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}, {place}) আর আপনার কাজ নয়। আপনাকে আর কিছু করতে হবে না।',
      hi: 'शिकायत {number} ({matter}, {place}) अब आपका काम नहीं है। आपको और कुछ नहीं करना है।',
      en: 'Complaint {number} ({matter}, {place}) is no longer yours. There is nothing more for you to do.',
    },
  },
  whatsapp: 'pratikar_work_withdrawn',
  dltSeries: '17',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    place: '91',
  },
});
