import type { CaseState } from '#libs/domain/case/types';
import { holderOf, type MastersSnapshot, type SubCategoryInfo } from '#libs/masters/index';
import type { Person } from './client.js';
import type { Complaint } from './complaints.js';
import type { Random } from './random.js';

/** Who plays whom in the play city. */
export class Cast {
  constructor(readonly masters: MastersSnapshot) {}

  subCategory(code: string): SubCategoryInfo {
    const found = this.masters.subCategories.get(code);
    if (!found) throw new Error(`the play city has no sub-category ${code}`);
    return found;
  }

  /** Whoever acts for a post now. */
  post(position: string): Person {
    const username = holderOf(this.masters, position, Date.now())?.username;
    if (!username) throw new Error(`nobody acts for ${position}`);
    return { kind: 'staff', username };
  }

  owner(state: CaseState): Person {
    return this.post(state.owner ?? state.rules.gro);
  }

  gro(state: CaseState): Person {
    return this.post(state.rules.gro);
  }

  accountable(state: CaseState): Person {
    return this.post(state.accountable);
  }

  /** Another field post of the department that may be given the case. */
  colleagueOf(state: CaseState): string {
    const barred = new Set(state.barred.map(({ post }) => post));
    const found = [...this.masters.posts.values()]
      .filter(({ role, department }) => role === 'lme' && department === state.department)
      .filter(({ position }) => position !== state.owner && !barred.has(position))
      .map(({ position }) => position)
      .sort()
      .find((position) => holderOf(this.masters, position, Date.now()) !== null);
    if (found === undefined) throw new Error(`${state.department} has nobody else`);
    return found;
  }

  /** A field officer of a department that has nothing to do with the case. */
  outsider(state: CaseState): Person {
    return this.post(state.department === 'WATER' ? 'DRAIN-LME-R' : 'WATER-LME-R');
  }

  callCentre(random: Random): Person {
    return this.post(random.pick(['CALL-CENTRE-1', 'CALL-CENTRE-2']));
  }

  get mayorsOffice(): Person {
    return this.post('MAYOR-OSD');
  }

  get administrator(): Person {
    return this.post('IT-ADMIN');
  }

  get auditor(): Person {
    return this.post('AUDITOR');
  }

  /** An officer of another city. */
  get foreigner(): Person {
    return { kind: 'staff', username: 'ndp-water-gro' };
  }
}

/** The citizen themselves. */
export function citizenOf({ mobile }: Complaint): Person {
  return { kind: 'citizen', mobile };
}

/** Somebody of the same street: a number of their own for each case. */
export function neighbourOf({ seq }: Complaint, nth: number): Person {
  return { kind: 'citizen', mobile: `+9190099${String(seq * 10 + nth).padStart(5, '0')}` };
}
