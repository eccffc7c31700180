import type { Casework } from '#libs/casework/casework';
import type { Principal } from '#libs/casework/principal';
import type { CaseView } from '#libs/contracts/api/views';
import type { CaseStateName, EventName, Locale } from '#libs/domain/case/names';
import type { CaseBrief } from '#libs/dialogue/types';
import { nameIn, type MastersService, type MastersSnapshot } from '#libs/masters/index';
import { speak } from '#libs/templates/wording/format';

const SPOKEN: Readonly<Record<CaseStateName, CaseBrief['state']>> = {
  registered: 'working',
  awaiting_assignment: 'working',
  assigned: 'working',
  reassignment_requested: 'working',
  awaiting_citizen: 'awaiting_citizen',
  resolved: 'resolved',
  rejected: 'rejected',
  reopened: 'reopened',
  closed: 'closed',
};

export function spokenState(state: CaseStateName): CaseBrief['state'] {
  return SPOKEN[state];
}

/** Puts cases into a citizen's words. */
export class CaseTeller {
  constructor(
    private readonly casework: Casework,
    private readonly masters: MastersService,
  ) {}

  async brief(view: CaseView, locale: Locale): Promise<CaseBrief> {
    const snapshot = await this.masters.snapshot(view.tenant);
    const matter = snapshot.subCategories.get(view.subCategory)?.names;
    return {
      number: view.number,
      matter: matter ? nameIn(matter, locale) : view.subCategory,
      ward: view.ward,
      state: SPOKEN[view.state],
      outcome: view.outcome,
      reopens: view.reopens,
      office: view.owner ? officeOf(snapshot, view, view.owner.position, locale) : null,
      due:
        view.dueAt === null
          ? null
          : speak('deadline', Date.parse(view.dueAt), locale, { zone: snapshot.tenant.zone, now: Date.now() }),
      allowed: view.allowed,
    };
  }

  /** With what the officer asked or answered last. */
  async full(principal: Principal, view: CaseView, locale: Locale): Promise<CaseBrief> {
    const brief = await this.brief(view, locale);
    const asked = view.state === 'awaiting_citizen';
    const answered = view.state === 'resolved' || view.state === 'rejected';
    if (!asked && !answered) return brief;
    const events: readonly EventName[] = asked ? ['citizen_asked'] : ['resolved', 'rejected'];
    const timeline = await this.casework.timeline(principal, view.number);
    const said = timeline.findLast(({ event }) => events.includes(event))?.text;
    return said ? { ...brief, [asked ? 'question' : 'answer']: said } : brief;
  }
}

function officeOf(snapshot: MastersSnapshot, view: CaseView, position: string, locale: Locale): string {
  const post = snapshot.posts.get(position);
  const designation = post?.designation ?? view.owner?.designation ?? position;
  const department = post && snapshot.departments.get(post.department)?.names;
  const everywhere = !post || post.wards.includes('*') || view.borough === '';
  const office = {
    designation,
    ...(department ? { department } : {}),
    ...(everywhere ? {} : { borough: view.borough }),
  };
  return speak('office', office, locale, { zone: snapshot.tenant.zone, now: Date.now() });
}
