import type { Role } from '../domain/case/names.js';
import type { Actor, PostRef } from '../domain/case/types.js';
import {
  hiddenFromCommand,
  mayReveal,
  reaches,
  relationOf,
  sightOfCitizen,
  type CaseFacts,
  type Relation,
} from './policy.js';
import { actorOf, type Principal } from './principal.js';

const PARENTS = new Map<string, string | null>([
  ['WB', null],
  ['KMC', 'WB'],
  ['NDP', 'WB'],
  ['OD', null],
]);

const facts: CaseFacts = {
  tenant: 'KMC',
  department: 'WATER',
  owner: 'WATER-LME-B10',
  accountable: 'WATER-LME-B10',
  filer: 'citizen:filer',
  followers: ['citizen:neighbour'],
  rules: {
    levels: [{ level: 1, position: 'COMMISSIONER-OSD', hours: 45 }],
    gro: 'WATER-GRO',
    hideComplainant: false,
  },
  request: null,
};
const hidden: CaseFacts = { ...facts, rules: { ...facts.rules, hideComplainant: true } };

function post(position: string, role: Role, department: string): PostRef {
  return { position, designation: position, role, department };
}

function staff(roles: Role[], posts: PostRef[] = [], tenant = 'KMC'): { principal: Principal; actor: Actor } {
  const principal: Principal = { kind: 'staff', id: 'user:x', username: 'x', tenant, roles };
  return { principal, actor: actorOf(principal, posts) };
}

function citizen(id: string): { principal: Principal; actor: Actor } {
  const principal: Principal = { kind: 'citizen', id: `citizen:${id}`, tenant: 'WB', roles: ['citizen'] };
  return { principal, actor: actorOf(principal, []) };
}

const relation = ({ principal, actor }: { principal: Principal; actor: Actor }, of = facts): Relation =>
  relationOf(principal, actor, of, PARENTS);

describe('what somebody is to a case', () => {
  it.each<[string, ReturnType<typeof staff>, Relation]>([
    ['who filed it', citizen('filer'), 'filer'],
    ['who follows it', citizen('neighbour'), 'follower'],
    ['any other citizen', citizen('other'), 'stranger'],
    ['who owns it', staff(['lme'], [post('WATER-LME-B10', 'lme', 'WATER')]), 'handler'],
    ['the GRO', staff(['gro'], [post('WATER-GRO', 'gro', 'WATER')]), 'handler'],
    ['a colleague', staff(['lme'], [post('WATER-LME-B1', 'lme', 'WATER')]), 'department'],
    [
      'who stands in the matrix',
      staff(['escalation_officer'], [post('COMMISSIONER-OSD', 'escalation_officer', 'GENERAL')]),
      'department',
    ],
    ['another department', staff(['gro'], [post('DRAIN-GRO', 'gro', 'DRAIN')]), 'stranger'],
    ['the call centre', staff(['call_centre']), 'city'],
    ['the call centre of another city', staff(['call_centre'], [], 'NDP'), 'stranger'],
    ['the administrator of another city', staff(['tenant_admin'], [], 'NDP'), 'stranger'],
    ['the same post code in another city', staff(['lme'], [post('WATER-LME-B10', 'lme', 'WATER')], 'NDP'), 'stranger'],
    ['the state cell', staff(['state_admin'], [], 'WB'), 'city'],
    ['the cell of another state', staff(['state_admin'], [], 'OD'), 'stranger'],
    ['a call centre of the state', staff(['call_centre'], [], 'WB'), 'stranger'],
  ])('%s', (_who, caller, expected) => {
    expect(relation(caller)).toBe(expected);
  });

  it('survives a circle in the tree of tenants', () => {
    const circle = new Map([
      ['A', 'B'],
      ['B', 'A'],
    ]);
    expect(reaches(staff(['state_admin'], [], 'WB').principal, 'A', circle)).toBe(false);
  });
});

describe('what is seen of the citizen', () => {
  const owner = staff(['lme'], [post('WATER-LME-B10', 'lme', 'WATER')]);
  const auditor = staff(['auditor']);
  it.each<[string, ReturnType<typeof staff>, CaseFacts, string]>([
    ['the filer sees all', citizen('filer'), hidden, 'full'],
    ['a follower sees nothing', citizen('neighbour'), facts, 'hidden'],
    ['the owner has to call them', owner, facts, 'full'],
    ['the owner may be who it is about', owner, hidden, 'hidden'],
    ['the call centre speaks for them', staff(['call_centre']), hidden, 'full'],
    ['the auditor needs no name', auditor, facts, 'masked'],
    ['a colleague needs no name', staff(['lme'], [post('WATER-LME-B1', 'lme', 'WATER')]), facts, 'masked'],
  ])('%s', (_what, caller, of, expected) => {
    expect(sightOfCitizen(relation(caller, of), caller.actor, of)).toBe(expected);
  });

  it('no officer may look behind the mask of a hidden complainant', () => {
    expect(mayReveal('handler', owner.actor, hidden)).toBe(false);
    expect(mayReveal('handler', owner.actor, facts)).toBe(true);
    expect(mayReveal('city', auditor.actor, facts)).toBe(false);
    expect(mayReveal('city', staff(['tenant_admin']).actor, hidden)).toBe(true);
  });
});

describe('commands that are answered as if there were no case', () => {
  it.each([
    ['stranger', 'follow', facts, false],
    ['stranger', 'follow', hidden, true],
    ['stranger', 'rate', facts, true],
    ['follower', 'rate', facts, false],
    ['follower', 'unfollow', facts, false],
    ['follower', 'withdraw', facts, true],
    ['filer', 'withdraw', facts, false],
  ] as const)('%s: %s', (as, command, of, expected) => {
    expect(hiddenFromCommand(as, citizen('x').principal, command, of)).toBe(expected);
  });

  it('staff who may not see the case cannot find it by following', () => {
    expect(hiddenFromCommand('stranger', staff(['call_centre'], [], 'NDP').principal, 'follow', facts)).toBe(true);
  });
});
