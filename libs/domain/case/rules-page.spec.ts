import { readFileSync } from 'node:fs';
import {
  ANSWERED_STATES,
  CASE_STATES,
  COMMANDS,
  DEADLINES,
  OUTCOMES,
  WORKING_STATES,
  type CaseStateName,
} from './names.js';
import type { Relation } from './relations.js';
import { TRANSITIONS } from './transitions.js';

const PAGE = readFileSync('deploy/docs/rules.md', 'utf8');
const OPEN: readonly CaseStateName[] = [...WORKING_STATES, ...ANSWERED_STATES];

const WHO: Readonly<Record<Relation, string>> = {
  citizen: 'any citizen',
  filer: 'filer',
  follower: 'follower',
  on_behalf: 'call centre or mayor’s office on behalf',
  mayors_office: 'mayor’s office',
  owner: 'owner',
  acting_owner: 'owner (ownerless: GRO)',
  gro: 'GRO',
  accountable: 'accountable post',
  accountable_officer: 'accountable officer',
  decider: 'whoever may decide the request',
  answerer: 'who answered',
  extra_pauser: 'after the owner’s questions: accountable officer, GRO',
};

/** The cells of a table of the page: heading → rows. */
function tableUnder(heading: string): string[][] {
  const section = PAGE.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function statesInWords(states: readonly CaseStateName[]): string {
  const same = (others: readonly CaseStateName[]): boolean =>
    states.length === others.length && others.every((state) => states.includes(state));
  if (same(OPEN)) return 'any open';
  if (same(ANSWERED_STATES)) return 'any answered';
  if (same(WORKING_STATES.filter((state) => state !== 'registered'))) return 'any working but registered';
  return states.map((state) => `\`${state}\``).join(', ');
}

describe('the page of the rules', () => {
  it('says of every command in which states and by whom it is accepted', () => {
    const expected = COMMANDS.map((name) => {
      const { from, who } = TRANSITIONS[name];
      return [`\`${name}\``, statesInWords(from), who.map((relation) => WHO[relation]).join('; ')];
    });
    expect(tableUnder('Commands').map((row) => row.slice(0, 3))).toEqual(expected);
    expect(tableUnder('Commands').filter((row) => row[3] === '')).toEqual([]);
  });

  it('says what each deadline does', () => {
    expect(tableUnder('Clocks').map(([kind]) => kind)).toEqual(DEADLINES.map((kind) => `\`${kind}\``));
  });

  it('names every state and every outcome', () => {
    const states = tableUnder('States');
    expect(states.map(([state]) => state)).toEqual(CASE_STATES.map((state) => `\`${state}\``));
    for (const outcome of OUTCOMES) expect(PAGE).toContain(`**${outcome}**`);
  });
});
