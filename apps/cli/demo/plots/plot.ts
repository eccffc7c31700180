import type { SubCategoryInfo } from '#libs/masters/index';
import type { Complaint } from '../complaints.js';
import type { Scene } from '../scene.js';

/** One way in which a case can go, told once for all cases that go this way. */
export interface Plot {
  name: string;
  /** How many of 300 complaints go this way; at least one whenever there are enough. */
  share: number;
  /** Days of the play city from lodging to the end. */
  days: number;
  fits(subCategory: SubCategoryInfo, complaint: Complaint): boolean;
  /** Needs a second complaint. */
  pair?: boolean;
  play(scene: Scene, other: Scene): Promise<void>;
}

type Fit = Plot['fits'];

/** Goes to a field officer who is there and may know whose complaint it is. */
export const plain: Fit = ({ department, hideComplainant }) =>
  !hideComplainant && department !== 'MARKET' && department !== 'BUSTEE';
/** Breached so early that the whole matrix is climbed within the story. */
export const urgent: Fit = (sub, complaint) => plain(sub, complaint) && sub.slaHours <= 96;
/** Enough time for long talks before anybody is reminded. */
export const unhurried: Fit = (sub, complaint) => plain(sub, complaint) && sub.slaHours >= 144;
export const anything: Fit = () => true;
