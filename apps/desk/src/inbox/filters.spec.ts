import type { Role } from '#libs/domain/case/names';
import { readFilters, toQuery, viewsFor } from './filters.js';

const user = (role: Role) => ({ username: 'u', name: 'U', tenant: 'KMC', roles: [role], posts: [], mustChange: false });

describe('the inbox', () => {
  it('begins with what each role is there for', () => {
    expect(viewsFor(user('lme'))[0]).toBe('mine');
    expect(viewsFor(user('escalation_officer'))[0]).toBe('accountable');
    expect(viewsFor(user('gro'))[0]).toBe('open');
    expect(viewsFor(user('call_centre'))[0]).toBe('open');
  });

  it('reads its filters from the address and ignores what it does not know', () => {
    expect(readFilters(new URLSearchParams('ward=43&colour=red&overdue=true&q='))).toEqual({
      ward: '43',
      overdue: 'true',
    });
  });

  it('lets a filter that somebody set win over the one of the view, those due first', () => {
    expect(toQuery('mine', { state: 'reopened' })).toEqual({ owner: 'me', state: 'reopened', sort: 'due' });
  });
});
