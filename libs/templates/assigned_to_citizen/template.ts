import { defineTemplate } from '../template.js';

export const assignedToCitizen = defineTemplate({
  id: 'assigned_to_citizen',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    office: 'office',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}) এখন দেখছেন {office}। কাজ হওয়ার কথা {due}।',
      hi: 'शिकायत {number} ({matter}) अब {office} देख रहे हैं। काम होना है {due}।',
      en: 'Complaint {number} ({matter}) is now with the {office}. To be done {due}.',
    },
  },
  whatsapp: 'pratikar_assigned_to_citizen',
  dltSeries: '02',
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
