import { defineTemplate } from '../template.js';

export const commentPublic = defineTemplate({
  id: 'comment_public',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    text: 'quote',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}) নিয়ে নতুন খবর: "{text}"',
      hi: 'शिकायत {number} ({matter}) पर नई जानकारी: "{text}"',
      en: 'News on complaint {number} ({matter}): "{text}"',
    },
  },
  whatsapp: 'pratikar_comment_public',
  dltSeries: '12',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    text: 'The pump will run from tomorrow',
  },
});
