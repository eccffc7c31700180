import { defineTemplate } from '../template.js';

export const directiveGiven = defineTemplate({
  id: 'directive_given',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    place: 'ward',
    text: 'quote',
    until: 'deadline',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} নিয়ে মেয়রের দফতরের নির্দেশ: "{text}"। {matter}, {place}। করতে হবে {until}।',
      hi: 'शिकायत {number} पर मेयर कार्यालय का निर्देश: "{text}"। {matter}, {place}। पूरा करना है {until}।',
      en: 'The mayor\'s office directs on complaint {number}: "{text}". {matter}, {place}. To be done {until}.',
    },
  },
  whatsapp: 'pratikar_directive_given',
  dltSeries: '23',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    place: '91',
    text: 'The pump will run from tomorrow',
    until: Date.UTC(2026, 11, 1, 6, 30),
  },
});
