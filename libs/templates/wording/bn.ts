import { DESIGNATIONS } from './designations.js';
import type { LocalMoment, Wording } from './wording.js';

const WEEKDAYS = ['সোমবার', 'মঙ্গলবার', 'বুধবার', 'বৃহস্পতিবার', 'শুক্রবার', 'শনিবার', 'রবিবার'];
const MONTHS = [
  'জানুয়ারি',
  'ফেব্রুয়ারি',
  'মার্চ',
  'এপ্রিল',
  'মে',
  'জুন',
  'জুলাই',
  'আগস্ট',
  'সেপ্টেম্বর',
  'অক্টোবর',
  'নভেম্বর',
  'ডিসেম্বর',
];
const NEAR: Readonly<Record<string, string>> = { '-1': 'গতকাল, ', '0': 'আজ, ', '1': 'আগামীকাল, ' };

export function bengaliDigits(value: string | number): string {
  return String(value).replace(/[0-9]/g, (digit) => String.fromCharCode(0x09e6 + Number(digit)));
}

function partOfDay(hour: number): string {
  if (hour < 4 || hour >= 20) return 'রাত';
  if (hour < 6) return 'ভোর';
  if (hour < 12) return 'সকাল';
  if (hour < 15) return 'দুপুর';
  return hour < 18 ? 'বিকেল' : 'সন্ধ্যা';
}

/** As spoken: সাড়ে ৫টা, দেড়টা, আড়াইটা; 3 and 4 take টে. */
function clock({ hour, minute }: LocalMoment): string {
  const twelve = hour % 12 || 12;
  const article = twelve === 3 || twelve === 4 ? 'টে' : 'টা';
  const part = partOfDay(hour);
  if (minute === 30 && twelve === 1) return `${part} দেড়টা`;
  if (minute === 30 && twelve === 2) return `${part} আড়াইটা`;
  if (minute === 30) return `${part} সাড়ে ${bengaliDigits(twelve)}টা`;
  const minutes = minute === 0 ? '' : ` ${bengaliDigits(minute)} মিনিট`;
  return `${part} ${bengaliDigits(twelve)}${article}${minutes}`;
}

function date(moment: LocalMoment): string {
  const year = moment.otherYear ? ` ${bengaliDigits(moment.year)}` : '';
  return `${WEEKDAYS[moment.weekday - 1]} ${bengaliDigits(moment.day)} ${MONTHS[moment.month - 1]}${year}`;
}

export const bn: Wording = {
  moment: (moment) => `${NEAR[moment.daysAway] ?? ''}${date(moment)}, ${clock(moment)}`,
  day: (moment) => `${NEAR[moment.daysAway] ?? ''}${date(moment)}`,
  deadline: (moment) => {
    const spoken = bn.moment(moment);
    return `${spoken}${spoken.endsWith('মিনিট') ? 'ের' : 'র'} মধ্যে`;
  },
  asSoonAsPossible: 'যত তাড়াতাড়ি সম্ভব',
  noWords: 'কিছু লেখা নেই',
  ward: (code) => `${bengaliDigits(code)} নম্বর ওয়ার্ড`,
  office: ({ designation, department, borough }) =>
    [
      DESIGNATIONS[designation]?.bn ?? designation,
      department ? (department.bn ?? department.en) : undefined,
      borough ? `${bengaliDigits(borough)} নম্বর বরো` : undefined,
    ]
      .filter(Boolean)
      .join(', '),
  count: bengaliDigits,
};
