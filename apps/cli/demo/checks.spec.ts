import type { GrievanceEntity, GrievanceEventEntity } from '#libs/persistence/entities/index';
import { contradictionsIn, historyCost } from './checks.js';

const event = (seq: number, name: string, data: Record<string, unknown>): GrievanceEventEntity =>
  ({ number: 'PLAY-26-0000001-1', seq, event: name, at: seq * 1_000, data }) as unknown as GrievanceEventEntity;

const registration = {
  state: 'registered',
  accountable: 'ROADS-GRO',
  level: 0,
  dueAt: 9_000,
  department: 'ROADS',
  subCategory: 'POTHOLE',
  ward: '4',
};
const happy = [
  event(1, 'registered', registration),
  event(2, 'assigned', { state: 'assigned', to: { state: 'assigned', owner: 'LME', accountable: 'LME' } }),
  event(3, 'resolved', { state: 'resolved', to: { state: 'resolved', dueAt: null } }),
  event(4, 'rated', { state: 'resolved', rating: 5 }),
  event(5, 'closed', { state: 'closed', to: { state: 'closed', outcome: 'satisfied' }, outcome: 'satisfied' }),
];
const row = {
  ...{ number: 'PLAY-26-0000001-1', version: 5, state: 'closed', outcome: 'satisfied', owner: 'LME', level: 0 },
  ...{ accountable: 'LME', dueAt: null, reopens: 0, department: 'ROADS', subCategory: 'POTHOLE', ward: '4' },
  ...{ registeredAt: 1_000, closedAt: 5_000, rating: 5 },
} as GrievanceEntity;

describe('the check of a case', () => {
  it('finds nothing where log and row agree', () => {
    expect(contradictionsIn({ row, events: happy })).toEqual([]);
  });

  it('finds a gap, a doubled event and every figure that differs', () => {
    const gap = happy.filter(({ seq }) => seq !== 4);
    expect(contradictionsIn({ row, events: gap }).join()).toMatch(/version 5, but the events are 1,2,3,5.*rating is 5/);
    expect(contradictionsIn({ row, events: [...happy, ...happy.slice(4)] }).join()).toMatch(/1,2,3,4,5,5/);
    const wrong = { ...row, owner: 'GRO', reopens: 1, closedAt: 4_000 } as GrievanceEntity;
    expect(contradictionsIn({ row: wrong, events: happy })).toHaveLength(4);
  });

  it('judges the cost of cases by what happened to them', () => {
    const played = { complaint: 1, plot: 'x', row, events: happy, messages: [] };
    const cost = (length: number) => historyCost([played], new Map([[row.number, length]]));
    expect(cost(28)).toMatchObject({ happy: [28], reopened: [], faults: [] });
    expect(cost(29).faults).toHaveLength(1);
    const commented = { ...played, events: [...happy.slice(0, 3), event(4, 'commented', { state: 'resolved' })] };
    expect(historyCost([commented], new Map([[row.number, 40]]))).toMatchObject({ happy: [], all: [40], faults: [] });
  });
});
