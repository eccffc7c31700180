export const digits = (value: string | number): string =>
  String(value).replace(/[0-9]/g, (digit) => String.fromCharCode(0x09e6 + Number(digit)));

/** "of" a day, as it is spoken: ডিসেম্বরের, জুলাইয়ের, ২০২৪-এর. */
export function of(day: string): string {
  if (/মে$/.test(day)) return `${day}-র`;
  if (/ি$/.test(day)) return `${day}র`;
  if (/ই$/.test(day)) return `${day}য়ের`;
  return /[০-৯]$/.test(day) ? `${day}-এর` : `${day}ের`;
}
