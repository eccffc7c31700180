import type { MastersSnapshot } from '#libs/masters/index';
import type { Complaint } from './complaints.js';
import type { Plot } from './plots/index.js';
import { PLOTS, REST } from './plots/index.js';
import { Random } from './random.js';

export interface Part {
  plot: Plot;
  complaint: Complaint;
  /** Second complaint of a plot about two. */
  other?: Complaint;
}

const WHOLE_SAMPLE = 300;
/** From this many complaints on every plot is played at least once. */
const ENOUGH_FOR_ALL = 150;

/**
 * Decides by the seed alone which complaint goes which way. The same seed, sample and masters give the same parts.
 * @param count how many complaints are played
 */
export function castParts(
  complaints: readonly Complaint[],
  masters: Pick<MastersSnapshot, 'subCategories'>,
  seed: string,
  count: number,
): Part[] {
  const random = new Random(`${seed}/casting`);
  const left = random.shuffled(complaints).slice(0, count);
  const parts: Part[] = [];
  const take = (plot: Plot): Complaint | undefined => {
    const at = left.findIndex((complaint) => {
      const sub = masters.subCategories.get(complaint.subCategory);
      return sub !== undefined && plot.fits(sub, complaint);
    });
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  for (const plot of PLOTS) {
    if (plot.name === REST) continue;
    const wished = Math.round((plot.share * count) / WHOLE_SAMPLE);
    const times = count >= ENOUGH_FOR_ALL ? Math.max(1, wished) : wished;
    for (let time = 0; time < times; time++) {
      const complaint = take(plot);
      const other = plot.pair ? take(plot) : undefined;
      if (complaint && (!plot.pair || other)) parts.push({ plot, complaint, ...(other ? { other } : {}) });
      else if (complaint) left.push(complaint);
    }
  }
  const rest = PLOTS.find(({ name }) => name === REST);
  if (rest) parts.push(...left.map((complaint) => ({ plot: rest, complaint })));
  // The longest first: they end with the others.
  return parts.sort((a, b) => b.plot.days - a.plot.days || a.complaint.seq - b.complaint.seq);
}
