import { defineTemplate } from '../template.js';

export const resolved = defineTemplate({
  id: 'resolved',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    office: 'office',
    remarks: 'quote',
    window: 'deadline',
    site: 'link',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}): কাজ হয়েছে বলে জানিয়েছেন {office}। তিনি লিখেছেন: "{remarks}"। কাজ কেমন হয়েছে? ১ (খারাপ) থেকে ৫ (ভালো) নম্বর দিন {window}। খুশি না হলে আমরা আবার দেখব। নম্বর দেবেন এখানে: {site}',
      hi: 'शिकायत {number} ({matter}): {office} ने बताया है कि काम हो गया है। उन्होंने लिखा है: "{remarks}"। काम कैसा हुआ? 1 (खराब) से 5 (अच्छा) अंक दें {window}। संतुष्ट न हों तो हम फिर से देखेंगे। अंक यहाँ दें: {site}',
      en: 'Complaint {number} ({matter}): the {office} says the work is done. They write: "{remarks}". How is the work? Please rate it from 1 (bad) to 5 (good) {window}. If you are not satisfied, we will look at it again. Rate it here: {site}',
    },
    closing_order: {
      bn: 'অভিযোগ {number} ({matter}): {office} শেষ উত্তর দিয়েছেন: "{remarks}"। এটিই অভিযোগ বন্ধ করার আদেশ, অভিযোগটি আর খোলা যাবে না। কাজ কেমন হয়েছে, ১ (খারাপ) থেকে ৫ (ভালো) নম্বর দিয়ে জানাতে পারেন {window}: {site}',
      hi: 'शिकायत {number} ({matter}): {office} ने अंतिम उत्तर दिया है: "{remarks}"। यही शिकायत बंद करने का आदेश है, इसे अब दोबारा नहीं खोला जा सकता। काम कैसा हुआ, 1 (खराब) से 5 (अच्छा) अंक देकर बता सकते हैं {window}: {site}',
      en: 'Complaint {number} ({matter}): the {office} has given the last answer: "{remarks}". This is the closing order: the complaint cannot be reopened again. You can still rate the work from 1 (bad) to 5 (good) {window}: {site}',
    },
  },
  whatsapp: 'pratikar_resolved',
  dltSeries: '03',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    office: {
      designation: 'Sub-Assistant Engineer',
      department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
      borough: '10',
    },
    remarks: 'Valve replaced, water is back',
    window: Date.UTC(2026, 11, 9, 6, 30),
    site: 'https://kmc.example.in/r/Zm9vYmFyYmF6cXV4MTIzNA',
  },
});
