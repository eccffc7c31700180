import { defineTemplate } from '../template.js';

export const reassignmentRequested = defineTemplate({
  id: 'reassignment_requested',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    place: 'ward',
    by: 'office',
    reason: 'quote',
    until: 'deadline',
  },
  texts: {
    default: {
      bn: '{by} অভিযোগ {number} অন্য কাউকে দিতে বলছেন: "{reason}"। {matter}, {place}। ঠিক করুন {until}।',
      hi: '{by} चाहते हैं कि शिकायत {number} किसी और को दी जाए: "{reason}"। {matter}, {place}। तय करें {until}।',
      en: 'The {by} asks you to give complaint {number} to someone else: "{reason}". {matter}, {place}. Please decide {until}.',
    },
  },
  whatsapp: 'pratikar_reassignment_requested',
  dltSeries: '19',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    place: '91',
    by: {
      designation: 'Executive Engineer',
      department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
      borough: '10',
    },
    reason: 'Water came for one day only',
    until: Date.UTC(2026, 11, 1, 6, 30),
  },
});
