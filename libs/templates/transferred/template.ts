import { defineTemplate } from '../template.js';

export const transferred = defineTemplate({
  id: 'transferred',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    department: 'names',
    office: 'office',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}) এখন {department} বিভাগের কাছে। দেখছেন {office}। কাজ হওয়ার কথা {due}।',
      hi: 'शिकायत {number} ({matter}) अब {department} विभाग के पास है। इसे {office} देख रहे हैं। काम होना है {due}।',
      en: 'Complaint {number} ({matter}) has moved to {department}. It is now with the {office}. To be done {due}.',
    },
    unassigned: {
      bn: 'অভিযোগ {number} ({matter}) এখন {department} বিভাগের কাছে। কে কাজটি করবেন তা ঠিক করা হচ্ছে। কাজ হওয়ার কথা {due}।',
      hi: 'शिकायत {number} ({matter}) अब {department} विभाग के पास है। यह काम कौन करेगा, तय किया जा रहा है। काम होना है {due}।',
      en: 'Complaint {number} ({matter}) has moved to {department}, which is now choosing who will do the work. To be done {due}.',
    },
  },
  whatsapp: 'pratikar_transferred',
  dltSeries: '10',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
    office: {
      designation: 'Sub-Assistant Engineer',
      department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
      borough: '10',
    },
    due: Date.UTC(2026, 10, 24, 12, 30),
  },
});
