import { defineTemplate } from '../template.js';

export const reopened = defineTemplate({
  id: 'reopened',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    office: 'office',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}) আবার খোলা হয়েছে। এখন এটি দেখছেন একজন উচ্চতর আধিকারিক: {office}। কাজ হওয়ার কথা {due}।',
      hi: 'शिकायत {number} ({matter}) फिर से खोली गई है। अब इसे एक वरिष्ठ अधिकारी देख रहे हैं: {office}। काम होना है {due}।',
      en: 'Complaint {number} ({matter}) is open again. A senior officer now has it: the {office}. To be done {due}.',
    },
  },
  whatsapp: 'pratikar_reopened',
  dltSeries: '05',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    office: {
      designation: 'Sub-Assistant Engineer',
      department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
      borough: '10',
    },
    due: Date.UTC(2026, 10, 24, 12, 30),
  },
});
