import { defineTemplate } from '../template.js';

export const escalatedToCitizen = defineTemplate({
  id: 'escalated_to_citizen',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    office: 'office',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter})-এর কাজ সময়ে হয়নি। তাই এর দায়িত্ব এখন একজন উচ্চতর আধিকারিকের: {office}। নতুন সময়: {due}।',
      hi: 'शिकायत {number} ({matter}) का काम समय पर नहीं हुआ। इसलिए अब इसकी ज़िम्मेदारी एक वरिष्ठ अधिकारी की है: {office}। नया समय: {due}।',
      en: 'The work on complaint {number} ({matter}) was not done in time. A senior officer now answers for it: the {office}. To be done {due}.',
    },
  },
  whatsapp: 'pratikar_escalated_to_citizen',
  dltSeries: '11',
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
