import { defineTemplate } from '../template.js';

export const workAssigned = defineTemplate({
  id: 'work_assigned',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    place: 'ward',
    due: 'deadline',
  },
  texts: {
    default: {
      bn: 'আপনার নতুন কাজ: অভিযোগ {number}। {matter}, {place}। শেষ করতে হবে {due}।',
      hi: 'आपका नया काम: शिकायत {number}। {matter}, {place}। पूरा करना है {due}।',
      en: 'New work for you: complaint {number}. {matter}, {place}. To be done {due}.',
    },
    to_assign: {
      bn: 'অভিযোগ {number} কাকে দেওয়া হবে, ঠিক করুন। {matter}, {place}। শেষ করতে হবে {due}।',
      hi: 'शिकायत {number} किसे दी जाए, तय करें। {matter}, {place}। पूरा करना है {due}।',
      en: 'Please choose who does complaint {number}. {matter}, {place}. To be done {due}.',
    },
  },
  whatsapp: 'pratikar_work_assigned',
  dltSeries: '13',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    place: '91',
    due: Date.UTC(2026, 10, 24, 12, 30),
  },
});
