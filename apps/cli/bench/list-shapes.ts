import type { ListQuery } from '#libs/casework/list-query';
import type { Principal } from '#libs/casework/principal';
import type { Role } from '#libs/domain/case/names';
import { postsOf, type MastersSnapshot } from '#libs/masters/index';
import type { Engine } from '#libs/persistence/data-sources';
import type { ManyCases } from './many-cases.js';

/** What somebody asks for, as the product is asked and as somebody would write it by hand for the same index. */
export interface Asked {
  principal: Principal;
  query: ListQuery;
  /** Table, index and conditions of the hand-written statement, with `?` for the parameters. */
  where: string;
  params: readonly unknown[];
}

export interface Shape {
  name: string;
  index: string;
  /** Of the hand-written statement. */
  order: string;
  /** The n-th time it is asked: another post, ward, citizen, word each time. */
  ask(n: number): Asked;
}

const CITY = 'KMC';
const pick = <T>(values: readonly T[], n: number): T => values[n % values.length] as T;

/** The six lists people live by; the sixth searches in three ways. */
export function listShapes(engine: Engine, masters: MastersSnapshot, cases: ManyCases): Shape[] {
  const staff = (username: string, ...roles: Role[]): Principal => ({
    kind: 'staff',
    id: `user:${username}`,
    tenant: CITY,
    roles,
    username,
  });
  const callCentre = staff('call-centre', 'call_centre');
  const admin = staff('admin', 'tenant_admin');
  const inboxes = officers(masters, 'lme', cases.now);
  const gros = officers(masters, 'gro', cases.now);
  const wards = [...masters.wards.keys()];
  const states = ['assigned', 'closed', 'reopened', 'awaiting_assignment'];
  const some = (n: number): number => (n * 7919 + 13) % cases.count;
  const newest = 'g.registered_at DESC, g.number DESC';
  const due = 'g.due_order, g.number';
  const from = (index: string, condition: string): string =>
    `grievance g ${engine === 'sqlite' ? `INDEXED BY ix_grievance_${index}` : `FORCE INDEX (ix_grievance_${index})`} WHERE ${condition}`;
  const inOrder = engine === 'sqlite' ? 'CROSS JOIN' : 'STRAIGHT_JOIN';
  return [
    {
      name: 'my inbox by due date',
      index: 'owner',
      order: due,
      ask(n) {
        const { username, position } = pick(inboxes, n * 37);
        return {
          principal: staff(username),
          query: { owner: 'me', state: 'working', sort: 'due' },
          where: from('owner', 'g.tenant = ? AND g.owner = ? AND g.stage = 0'),
          params: [CITY, position],
        };
      },
    },
    {
      name: 'a department by state',
      index: 'department',
      order: newest,
      ask(n) {
        const { username, department } = pick(gros, n);
        const state = pick(states, n);
        return {
          principal: staff(username),
          query: { department, state },
          where: from('department', 'g.tenant = ? AND g.department = ? AND g.state = ?'),
          params: [CITY, department, state],
        };
      },
    },
    {
      name: 'a ward',
      index: 'ward',
      order: newest,
      ask(n) {
        const ward = pick(wards, n * 7);
        return {
          principal: callCentre,
          query: { ward },
          where: from('ward', 'g.tenant = ? AND g.ward = ?'),
          params: [CITY, ward],
        };
      },
    },
    {
      name: 'overdue by level',
      index: 'level',
      order: due,
      ask(n) {
        const level = 1 + (n % 2);
        return {
          principal: admin,
          query: { overdue: 'true', level: String(level), sort: 'due' },
          where: from('level', 'g.tenant = ? AND g.level = ? AND g.due_order < ?'),
          params: [CITY, level, cases.now],
        };
      },
    },
    {
      name: 'a citizen’s own',
      index: 'citizen',
      order: newest,
      ask(n) {
        const { id, mobile } = cases.citizenOf(some(n));
        return {
          principal: { kind: 'citizen', id: `citizen:${id}`, tenant: 'WB', roles: [], mobile },
          query: {},
          where: from('citizen', 'g.citizen_id = ?'),
          params: [id],
        };
      },
    },
    {
      name: 'search by number',
      index: 'PRIMARY',
      order: 'g.number',
      ask(n) {
        const number = cases.numberOf(some(n));
        return {
          principal: callCentre,
          query: { q: number },
          where: 'grievance g WHERE g.number = ? AND g.tenant = ?',
          params: [number, CITY],
        };
      },
    },
    {
      name: 'search by mobile number',
      index: 'mobile',
      order: newest,
      ask(n) {
        const { mobile } = cases.citizenOf(some(n));
        return {
          principal: callCentre,
          query: { q: mobile },
          where: from('mobile', 'g.tenant = ? AND g.citizen_mobile = ?'),
          params: [CITY, mobile],
        };
      },
    },
    {
      name: 'search by a word',
      index: 'grievance_word',
      order: 'w.registered_at DESC, w.number DESC',
      ask(n) {
        const word = pick(cases.wordsOf(some(n)), n);
        return {
          principal: callCentre,
          query: { q: word },
          where: `grievance_word w ${inOrder} grievance g WHERE w.tenant = ? AND w.word = ? AND g.number = w.number`,
          params: [CITY, word],
        };
      },
    },
  ];
}

interface Officer {
  username: string;
  position: string;
  department: string;
}

/** Who holds exactly one post of this kind, as most do. */
function officers(masters: MastersSnapshot, role: Role, now: number): Officer[] {
  const found: Officer[] = [];
  for (const { username, kind, position } of [...masters.holdings.values()].flat()) {
    if (kind !== 'holder' || !username || masters.posts.get(position)?.role !== role) continue;
    const [post, ...others] = postsOf(masters, username, now);
    if (post && others.length === 0) found.push({ username, position: post.position, department: post.department });
  }
  return found;
}
