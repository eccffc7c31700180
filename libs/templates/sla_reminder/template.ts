import { defineTemplate } from '../template.js';

export const slaReminder = defineTemplate({
  id: 'sla_reminder',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    place: 'ward',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'মনে করিয়ে দিই: অভিযোগ {number} শেষ করতে হবে {due}। {matter}, {place}।',
      hi: 'याद दिला दें: शिकायत {number} पूरी करनी है {due}। {matter}, {place}।',
      en: 'A reminder: complaint {number} is to be done {due}. {matter}, {place}.',
    },
  },
  whatsapp: 'pratikar_sla_reminder',
  dltSeries: '18',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    place: '91',
    due: Date.UTC(2026, 10, 24, 12, 30),
  },
});
