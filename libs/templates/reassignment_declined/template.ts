import { defineTemplate } from '../template.js';

export const reassignmentDeclined = defineTemplate({
  id: 'reassignment_declined',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    reason: 'quote',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}) আপনার কাছেই থাকছে: "{reason}"। শেষ করতে হবে {due}।',
      hi: 'शिकायत {number} ({matter}) आपके पास ही रहेगी: "{reason}"। पूरा करना है {due}।',
      en: 'Complaint {number} ({matter}) stays with you: "{reason}". To be done {due}.',
    },
  },
  whatsapp: 'pratikar_reassignment_declined',
  dltSeries: '20',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    reason: 'Water came for one day only',
    due: Date.UTC(2026, 10, 24, 12, 30),
  },
});
