import { defineTemplate } from '../template.js';

/** Answer to an SMS that asks for help or could not be understood. */
export const smsHelp = defineTemplate({
  id: 'sms_help',
  variables: {
    site: 'link',
  },
  texts: {
    default: {
      bn: 'এসএমএসে লিখুন STATUS ও অভিযোগ নম্বর; RATE, অভিযোগ নম্বর, ১ থেকে ৫ ও মন্তব্য; অথবা REOPEN, অভিযোগ নম্বর ও কারণ। যে মোবাইল থেকে অভিযোগ করেছেন সেটি থেকেই পাঠান। আরও: {site}',
      hi: 'एसएमएस में लिखें STATUS और शिकायत संख्या; RATE, शिकायत संख्या, 1 से 5 और टिप्पणी; या REOPEN, शिकायत संख्या और कारण। उसी मोबाइल से भेजें जिससे शिकायत की थी। और जानें: {site}',
      en: 'Send STATUS and your complaint number; RATE, the number, 1 to 5 and remarks; or REOPEN, the number and the reason. Use the mobile the complaint was made from. More: {site}',
    },
  },
  whatsapp: 'pratikar_sms_help',
  dltSeries: '27',
  example: {
    site: 'https://kmc.example.in',
  },
});
