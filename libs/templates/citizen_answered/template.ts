import { defineTemplate } from '../template.js';

export const citizenAnswered = defineTemplate({
  id: 'citizen_answered',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    text: 'quote',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}) নিয়ে নাগরিক উত্তর দিয়েছেন: "{text}"। শেষ করতে হবে {due}।',
      hi: 'शिकायत {number} ({matter}) पर नागरिक ने उत्तर दिया है: "{text}"। पूरा करना है {due}।',
      en: 'The citizen has answered on complaint {number} ({matter}): "{text}". To be done {due}.',
    },
    silent: {
      bn: 'অভিযোগ {number} ({matter}) নিয়ে নাগরিক উত্তর দেননি। কাজ আবার আপনার কাছে, শেষ করতে হবে {due}।',
      hi: 'शिकायत {number} ({matter}) पर नागरिक ने उत्तर नहीं दिया। काम फिर आपके पास है, पूरा करना है {due}।',
      en: 'The citizen has not answered on complaint {number} ({matter}). It is with you again, to be done {due}.',
    },
  },
  whatsapp: 'pratikar_citizen_answered',
  dltSeries: '22',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    text: 'The pump will run from tomorrow',
    due: Date.UTC(2026, 10, 24, 12, 30),
  },
});
