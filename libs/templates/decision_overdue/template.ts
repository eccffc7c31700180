import { defineTemplate } from '../template.js';

export const decisionOverdue = defineTemplate({
  id: 'decision_overdue',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    by: 'office',
    reason: 'quote',
    until: 'deadline',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}) অন্য কাউকে দেওয়ার অনুরোধ পড়ে আছে। অনুরোধ করেছেন {by}: "{reason}"। এখন আপনিও ঠিক করতে পারেন, {until}।',
      hi: 'शिकायत {number} ({matter}) किसी और को देने का अनुरोध पड़ा हुआ है। अनुरोध {by} का है: "{reason}"। अब आप भी तय कर सकते हैं, {until}।',
      en: 'A request to give complaint {number} ({matter}) to someone else is still waiting. The {by} asked: "{reason}". You may decide it now too, {until}.',
    },
  },
  whatsapp: 'pratikar_decision_overdue',
  dltSeries: '21',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    by: {
      designation: 'Executive Engineer',
      department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
      borough: '10',
    },
    reason: 'Water came for one day only',
    until: Date.UTC(2026, 11, 1, 6, 30),
  },
});
