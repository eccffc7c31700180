import { defineTemplate } from '../template.js';

/** Answer to a missed call. */
export const missedCall = defineTemplate({
  id: 'missed_call',
  variables: {
    site: 'link',
  },
  texts: {
    default: {
      bn: 'ফোন করার জন্য ধন্যবাদ। অভিযোগ জানাতে বা খোঁজ নিতে এখানে যান: {site}',
      hi: 'फ़ोन करने के लिए धन्यवाद। शिकायत करने या उसकी स्थिति जानने के लिए यहाँ जाएँ: {site}',
      en: 'Thank you for calling. Make a complaint or ask about one here: {site}',
    },
  },
  whatsapp: 'pratikar_missed_call',
  dltSeries: '31',
  example: {
    site: 'https://kmc.example.in',
  },
});
