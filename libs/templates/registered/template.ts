import { defineTemplate } from '../template.js';

export const registered = defineTemplate({
  id: 'registered',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    place: 'ward',
    office: 'office',
    department: 'names',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'আপনার অভিযোগ জমা হয়েছে। নম্বর {number}। বিষয়: {matter}, {place}। এখন দেখছেন {office}। কাজ হওয়ার কথা {due}।',
      hi: 'आपकी शिकायत दर्ज हो गई है। नंबर {number}। विषय: {matter}, {place}। अब इसे {office} देख रहे हैं। काम होना है {due}।',
      en: 'Your complaint is registered. Its number is {number}. It is about: {matter}, {place}. It is now with the {office}. To be done {due}.',
    },
    unassigned: {
      bn: 'আপনার অভিযোগ জমা হয়েছে। নম্বর {number}। বিষয়: {matter}, {place}। কে কাজটি করবেন তা ঠিক করছে {department} বিভাগ। কাজ হওয়ার কথা {due}।',
      hi: 'आपकी शिकायत दर्ज हो गई है। नंबर {number}। विषय: {matter}, {place}। यह काम कौन करेगा, यह {department} विभाग तय कर रहा है। काम होना है {due}।',
      en: 'Your complaint is registered. Its number is {number}. It is about: {matter}, {place}. {department} is now choosing who will do the work. To be done {due}.',
    },
  },
  whatsapp: 'pratikar_registered',
  dltSeries: '01',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    place: '91',
    office: {
      designation: 'Sub-Assistant Engineer',
      department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
      borough: '10',
    },
    department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
    due: Date.UTC(2026, 10, 24, 12, 30),
  },
});
