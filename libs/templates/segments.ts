/** Characters of the GSM 03.38 alphabet; those of the extension table take two places. */
const GSM_BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const GSM_EXTENDED = new Set('^{}\\[~]|€');

export interface SmsSize {
  encoding: 'gsm7' | 'unicode';
  segments: number;
}

/** How many SMS segments a text takes: 160/153 septets, or 70/67 UTF-16 units once one character is not in GSM 03.38. */
export function smsSize(text: string): SmsSize {
  let septets = 0;
  for (const character of text) {
    if (GSM_BASIC.has(character)) septets += 1;
    else if (GSM_EXTENDED.has(character)) septets += 2;
    else return { encoding: 'unicode', segments: text.length <= 70 ? 1 : Math.ceil(text.length / 67) };
  }
  return { encoding: 'gsm7', segments: septets <= 160 ? 1 : Math.ceil(septets / 153) };
}
