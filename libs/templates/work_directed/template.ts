import { defineTemplate } from '../template.js';

export const workDirected = defineTemplate({
  id: 'work_directed',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    place: 'ward',
    by: 'office',
    instruction: 'quote',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number}-এর কাজ আপনাকে দিয়েছেন {by}: "{instruction}"। {matter}, {place}। শেষ করতে হবে {due}।',
      hi: 'शिकायत {number} का काम आपको {by} ने दिया है: "{instruction}"। {matter}, {place}। पूरा करना है {due}।',
      en: 'The {by} gives you complaint {number}: "{instruction}". {matter}, {place}. To be done {due}.',
    },
  },
  whatsapp: 'pratikar_work_directed',
  dltSeries: '16',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    place: '91',
    by: {
      designation: 'Executive Engineer',
      department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
      borough: '10',
    },
    instruction: 'Change the valve today',
    due: Date.UTC(2026, 10, 24, 12, 30),
  },
});
