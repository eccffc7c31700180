import { defineTemplate } from '../template.js';

export const citizenAsked = defineTemplate({
  id: 'citizen_asked',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    office: 'office',
    question: 'quote',
    until: 'deadline',
    site: 'link',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}) নিয়ে {office} জানতে চান: "{question}"। উত্তর দিন {until}: {site}',
      hi: 'शिकायत {number} ({matter}) के बारे में {office} पूछते हैं: "{question}"। उत्तर दें {until}: {site}',
      en: 'About complaint {number} ({matter}) the {office} asks: "{question}". Please answer {until}: {site}',
    },
  },
  whatsapp: 'pratikar_citizen_asked',
  dltSeries: '07',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    office: {
      designation: 'Sub-Assistant Engineer',
      department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
      borough: '10',
    },
    question: 'Which house is it?',
    until: Date.UTC(2026, 11, 1, 6, 30),
    site: 'https://kmc.example.in',
  },
});
