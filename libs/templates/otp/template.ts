import { defineTemplate } from '../template.js';

export const otp = defineTemplate({
  id: 'otp',
  variables: {
    code: 'code',
    minutes: 'count',
  },
  texts: {
    default: {
      bn: 'প্রতিকারে ঢোকার কোড {code}। {minutes} মিনিট পর্যন্ত চলবে। কোডটি কাউকে জানাবেন না।',
      hi: 'प्रतिकार में प्रवेश का कोड {code} है। यह {minutes} मिनट तक चलेगा। यह कोड किसी को न बताएँ।',
      en: 'Your Pratikar code is {code}. It works for {minutes} minutes. Do not give it to anyone.',
    },
  },
  whatsapp: 'pratikar_otp',
  dltSeries: '26',
  example: {
    code: '204816',
    minutes: 5,
  },
});
