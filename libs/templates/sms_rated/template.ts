import { defineTemplate } from '../template.js';

/** Answer to "RATE number 1-5" where the case itself says nothing, as others have still to rate it. */
export const smsRated = defineTemplate({
  id: 'sms_rated',
  variables: {
    number: 'caseNumber',
    rating: 'count',
  },
  texts: {
    default: {
      bn: 'ধন্যবাদ। অভিযোগ {number}: আপনার দেওয়া নম্বর {rating} লেখা হল।',
      hi: 'धन्यवाद। शिकायत {number}: आपके दिए अंक {rating} दर्ज हो गए।',
      en: 'Thank you. Complaint {number}: your rating of {rating} has been noted.',
    },
  },
  whatsapp: 'pratikar_sms_rated',
  dltSeries: '30',
  example: {
    number: 'KMC-26-0001234-5',
    rating: 4,
  },
});
