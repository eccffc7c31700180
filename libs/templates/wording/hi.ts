import { DESIGNATIONS } from './designations.js';
import type { LocalMoment, Wording } from './wording.js';

const WEEKDAYS = ['सोमवार', 'मंगलवार', 'बुधवार', 'गुरुवार', 'शुक्रवार', 'शनिवार', 'रविवार'];
const MONTHS = ['जनवरी', 'फ़रवरी', 'मार्च', 'अप्रैल', 'मई', 'जून', 'जुलाई', 'अगस्त', 'सितंबर', 'अक्टूबर', 'नवंबर', 'दिसंबर'];
/** Hindi has one word for yesterday and tomorrow; only what cannot be mistaken is said. */
const NEAR: Readonly<Record<string, string>> = { '0': 'आज, ', '1': 'कल, ' };

function partOfDay(hour: number): string {
  if (hour < 4 || hour >= 20) return 'रात';
  if (hour < 12) return 'सुबह';
  return hour < 16 ? 'दोपहर' : 'शाम';
}

/** As spoken: साढ़े 5, डेढ़, ढाई; the figures are international, as Hindi is written in offices. */
function clock({ hour, minute }: LocalMoment): string {
  const twelve = hour % 12 || 12;
  const part = partOfDay(hour);
  if (minute === 30 && twelve === 1) return `${part} डेढ़ बजे`;
  if (minute === 30 && twelve === 2) return `${part} ढाई बजे`;
  if (minute === 30) return `${part} साढ़े ${twelve} बजे`;
  return minute === 0 ? `${part} ${twelve} बजे` : `${part} ${twelve}:${String(minute).padStart(2, '0')} बजे`;
}

function date(moment: LocalMoment): string {
  const year = moment.otherYear ? ` ${moment.year}` : '';
  return `${WEEKDAYS[moment.weekday - 1]} ${moment.day} ${MONTHS[moment.month - 1]}${year}`;
}

export const hi: Wording = {
  moment: (moment) => `${NEAR[moment.daysAway] ?? ''}${date(moment)}, ${clock(moment)}`,
  day: (moment) => `${NEAR[moment.daysAway] ?? ''}${date(moment)}`,
  deadline: (moment) => `${hi.moment(moment)} तक`,
  asSoonAsPossible: 'जल्द से जल्द',
  noWords: 'कुछ लिखा नहीं है',
  ward: (code) => `वार्ड ${code}`,
  office: ({ designation, department, borough }) =>
    [
      DESIGNATIONS[designation]?.hi ?? designation,
      department ? (department.hi ?? department.en) : undefined,
      borough ? `बोरो ${borough}` : undefined,
    ]
      .filter(Boolean)
      .join(', '),
  count: String,
};
