import { defineTemplate } from '../template.js';

export const workEscalated = defineTemplate({
  id: 'work_escalated',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    place: 'ward',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} সময়ে মেটেনি, এখন আপনি দায়বদ্ধ। {matter}, {place}। শেষ করতে হবে {due}।',
      hi: 'शिकायत {number} समय पर पूरी नहीं हुई, अब आप जवाबदेह हैं। {matter}, {place}। पूरा करना है {due}।',
      en: 'Complaint {number} was not done in time and you now answer for it. {matter}, {place}. To be done {due}.',
    },
  },
  whatsapp: 'pratikar_work_escalated',
  dltSeries: '14',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    place: '91',
    due: Date.UTC(2026, 10, 24, 12, 30),
  },
});
