import { defineTemplate } from '../template.js';

export const workReopened = defineTemplate({
  id: 'work_reopened',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    place: 'ward',
    reason: 'quote',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} আবার খোলা হয়েছে, এখন আপনার কাজ। {matter}, {place}। নাগরিক লিখেছেন: "{reason}"। শেষ করতে হবে {due}।',
      hi: 'शिकायत {number} फिर से खुली है, अब यह आपका काम है। {matter}, {place}। नागरिक ने लिखा है: "{reason}"। पूरा करना है {due}।',
      en: 'Complaint {number} is open again and yours to do. {matter}, {place}. The citizen writes: "{reason}". To be done {due}.',
    },
  },
  whatsapp: 'pratikar_work_reopened',
  dltSeries: '15',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    place: '91',
    reason: 'Water came for one day only',
    due: Date.UTC(2026, 10, 24, 12, 30),
  },
});
