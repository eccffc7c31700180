import { defineTemplate } from '../template.js';

export const rejected = defineTemplate({
  id: 'rejected',
  variables: {
    number: 'caseNumber',
    matter: 'names',
    cause: 'names',
    remarks: 'quote',
    window: 'deadline',
    site: 'link',
  },
  texts: {
    default: {
      bn: 'অভিযোগ {number} ({matter}) নিয়ে আমরা কাজ করতে পারছি না। কারণ: {cause}। আধিকারিক লিখেছেন: "{remarks}"। আপনি একমত না হলে কারণ লিখে আবার খুলতে বলুন {window}: {site}',
      hi: 'शिकायत {number} ({matter}) पर हम काम नहीं कर सकते। कारण: {cause}। अधिकारी ने लिखा है: "{remarks}"। सहमत न हों तो कारण लिखकर इसे फिर से खोलने को कहें {window}: {site}',
      en: 'We cannot act on complaint {number} ({matter}). Reason: {cause}. The officer writes: "{remarks}". If you do not agree, tell us why and ask us to open it again {window}: {site}',
    },
    closing_order: {
      bn: 'অভিযোগ {number} ({matter}) নিয়ে আমরা আর কাজ করতে পারছি না। কারণ: {cause}। আধিকারিক লিখেছেন: "{remarks}"। এটিই অভিযোগ বন্ধ করার আদেশ, অভিযোগটি আর খোলা যাবে না। ১ (খারাপ) থেকে ৫ (ভালো) নম্বর দিয়ে মত জানাতে পারেন {window}: {site}',
      hi: 'शिकायत {number} ({matter}) पर हम आगे काम नहीं कर सकते। कारण: {cause}। अधिकारी ने लिखा है: "{remarks}"। यही शिकायत बंद करने का आदेश है, इसे अब दोबारा नहीं खोला जा सकता। 1 (खराब) से 5 (अच्छा) अंक देकर अपनी राय बता सकते हैं {window}: {site}',
      en: 'We cannot act any further on complaint {number} ({matter}). Reason: {cause}. The officer writes: "{remarks}". This is the closing order: the complaint cannot be reopened again. You can still rate it from 1 (bad) to 5 (good) {window}: {site}',
    },
  },
  whatsapp: 'pratikar_rejected',
  dltSeries: '04',
  example: {
    number: 'KMC-26-0001234-5',
    matter: { en: 'No water supply', bn: 'জল আসছে না', hi: 'पानी नहीं आ रहा' },
    cause: { en: 'The matter is before a court', bn: 'বিষয়টি আদালতে বিচারাধীন', hi: 'मामला अदालत में है' },
    remarks: 'Valve replaced, water is back',
    window: Date.UTC(2026, 11, 9, 6, 30),
    site: 'https://kmc.example.in/r/Zm9vYmFyYmF6cXV4MTIzNA',
  },
});
