import { defineTemplate } from '../template.js';

export const directiveOverdue = defineTemplate({
  id: 'directive_overdue',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    place: 'ward',
    office: 'office',
    directiveDay: 'day',
  },
  texts: {
    default: {
      bn: 'মেয়রের দফতরের নির্দেশের তারিখ পেরিয়ে গেছে ({directiveDay}), অভিযোগ {number} এখনও খোলা। {matter}, {place}। দেখছেন {office}।',
      hi: 'मेयर कार्यालय के निर्देश की तारीख निकल गई ({directiveDay}), शिकायत {number} अब भी खुली है। {matter}, {place}। इसे {office} देख रहे हैं।',
      en: "The date of the mayor's office directive has passed ({directiveDay}) and complaint {number} is still open. {matter}, {place}. It is with the {office}.",
    },
  },
  whatsapp: 'pratikar_directive_overdue',
  dltSeries: '24',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    place: '91',
    office: {
      designation: 'Sub-Assistant Engineer',
      department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
      borough: '10',
    },
    directiveDay: Date.UTC(2026, 10, 24, 12, 30),
  },
});
