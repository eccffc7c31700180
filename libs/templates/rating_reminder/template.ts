import { defineTemplate } from '../template.js';

export const ratingReminder = defineTemplate({
  id: 'rating_reminder',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    answeredOn: 'day',
    window: 'deadline',
    site: 'link',
  },
  texts: {
    default: {
      bn: 'মনে করিয়ে দিই: অভিযোগ {number} ({matter})-এর উত্তর দেওয়া হয়েছে {answeredOn}। কাজ কেমন হয়েছে? ১ (খারাপ) থেকে ৫ (ভালো) নম্বর দিন {window}, তার পরে অভিযোগটি বন্ধ হয়ে যাবে। নম্বর দেবেন এখানে: {site}',
      hi: 'याद दिला दें: शिकायत {number} ({matter}) का उत्तर आ चुका है ({answeredOn})। काम कैसा हुआ? 1 (खराब) से 5 (अच्छा) अंक दें {window}, उसके बाद शिकायत बंद हो जाएगी। अंक यहाँ दें: {site}',
      en: 'A reminder: complaint {number} ({matter}) was answered {answeredOn}. How is the work? Please rate it from 1 (bad) to 5 (good) {window}, after that it will be closed. Rate it here: {site}',
    },
  },
  whatsapp: 'pratikar_rating_reminder',
  dltSeries: '08',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    answeredOn: Date.UTC(2026, 10, 24, 6, 30),
    window: Date.UTC(2026, 11, 9, 6, 30),
    site: 'https://kmc.example.in/r/Zm9vYmFyYmF6cXV4MTIzNA',
  },
});
