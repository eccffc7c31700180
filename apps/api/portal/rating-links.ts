import type { DataSource } from 'typeorm';
import type { Casework } from '#libs/casework/casework';
import { CaseworkProblem } from '#libs/casework/problem';
import type { Principal } from '#libs/casework/principal';
import { readRatingToken } from '#libs/casework/rating-link';
import type { PortalDeps, RatingInvitation } from '#libs/contracts/api/portal';
import { GrievanceEntity } from '#libs/persistence/entities/index';

/** The case and the person that a link in a message names. */
interface Invited {
  row: GrievanceEntity;
  person: string;
}

/** Lets whoever holds the link in a message rate that one answer, without logging in. */
export class RatingLinks {
  constructor(
    private readonly casework: Casework,
    private readonly read: DataSource,
    private readonly key: Uint8Array,
  ) {}

  get port(): PortalDeps['ratingLinks'] {
    return {
      read: async (token) => {
        const invited = await this.invited(token);
        return invited && invitationOf(invited);
      },
      rate: (token, rating, remarks) => this.rate(token, rating, remarks),
    };
  }

  private async rate(token: string, rating: number, remarks: string): ReturnType<PortalDeps['ratingLinks']['rate']> {
    const invited = await this.invited(token);
    if (!invited) return 'none';
    const { row, person } = invited;
    const principal: Principal = {
      kind: 'citizen',
      id: person,
      tenant: await this.casework.parts.masters.rootOf(row.tenant),
      roles: ['citizen'],
      locale: row.locale,
      source: 'sms',
    };
    try {
      const body = { rating, ...(remarks === '' ? {} : { remarks }) };
      const view = await this.casework.command(principal, row.number, 'rate', body, `rating-link/${token}/${rating}`);
      return view.state === 'reopened' ? 'reopened' : 'taken';
    } catch (error) {
      if (!(error instanceof CaseworkProblem)) throw error;
      const { status, code } = error.details;
      if (status === 503) return 'away';
      if (code === 'already_rated') return 'rated';
      if (status === 409 || status === 404) return 'over';
      throw error;
    }
  }

  private async invited(token: string): Promise<Invited | null> {
    const tenants = await this.casework.parts.masters.service.tenants();
    const prefixes = tenants.map(({ prefix }) => prefix);
    const invite = readRatingToken(this.key, token, prefixes);
    if (!invite || invite.until < this.casework.parts.now()) return null;
    const row = await this.read.manager.findOneBy(GrievanceEntity, { number: invite.number });
    if (!row) return null;
    const { filer, followers, answer } = row.snapshot;
    const people = filer === null ? followers : [filer, ...followers];
    const person = people.find((each) => each.startsWith(`citizen:${invite.person}`));
    // An answer that was taken back or followed by another one is asked about by a link of its own.
    const isLater = answer !== null && (answer.seq & 0xff) !== invite.answer;
    return person === undefined || isLater ? null : { row, person };
  }
}

function invitationOf({ row, person }: Invited): RatingInvitation {
  const { answer } = row.snapshot;
  const open = row.state === 'resolved' || row.state === 'rejected';
  const rated = answer?.ratings.some((each) => each.person === person) ?? false;
  return {
    number: row.number,
    locale: row.locale,
    city: row.tenant,
    category: row.subCategory,
    rejected: row.state === 'rejected',
    answer: open ? (answer?.remarks ?? null) : null,
    state: rated ? 'rated' : open ? 'open' : 'over',
  };
}
