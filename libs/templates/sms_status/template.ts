import { defineTemplate } from '../template.js';

/** Answer to "STATUS number". */
export const smsStatus = defineTemplate({
  id: 'sms_status',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    office: 'office',
    due: 'deadline',
    window: 'deadline',
    question: 'quote',
  },
  texts: {
    working: {
      bn: 'অভিযোগ {number} ({matter}) এখন {office} দেখছেন। কাজ হওয়ার কথা {due}।',
      hi: 'शिकायत {number} ({matter}) अभी {office} के पास है। काम होना है {due}।',
      en: 'Complaint {number} ({matter}) is with the {office}. The work is due {due}.',
    },
    asked: {
      bn: 'অভিযোগ {number} ({matter}): আপনার উত্তরের অপেক্ষায় আছি। প্রশ্ন: "{question}"।',
      hi: 'शिकायत {number} ({matter}): हम आपके उत्तर की प्रतीक्षा में हैं। प्रश्न: "{question}"।',
      en: 'Complaint {number} ({matter}): we are waiting for your answer. The question: "{question}".',
    },
    answered: {
      bn: 'অভিযোগ {number} ({matter}): উত্তর দেওয়া হয়েছে। কাজ কেমন হয়েছে জানাতে RATE, এই নম্বর ও ১ থেকে ৫ লিখে পাঠান, {window}।',
      hi: 'शिकायत {number} ({matter}): उत्तर दिया जा चुका है। काम कैसा हुआ, RATE, यही संख्या और 1 से 5 लिखकर भेजें, {window}।',
      en: 'Complaint {number} ({matter}) has been answered. To say how the work is, send RATE, this number and 1 to 5, {window}.',
    },
    closed: {
      bn: 'অভিযোগ {number} ({matter}) বন্ধ হয়েছে।',
      hi: 'शिकायत {number} ({matter}) बंद हो चुकी है।',
      en: 'Complaint {number} ({matter}) is closed.',
    },
  },
  whatsapp: 'pratikar_sms_status',
  dltSeries: '28',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    office: {
      designation: 'Sub-Assistant Engineer',
      department: { en: 'Water Supply', bn: 'জল সরবরাহ', hi: 'जल आपूर्ति' },
      borough: '10',
    },
    due: Date.UTC(2026, 10, 25, 12, 30),
    window: Date.UTC(2026, 11, 9, 6, 30),
    question: 'On which floor is the leak?',
  },
});
