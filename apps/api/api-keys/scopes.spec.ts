import { roleFor, SCOPES } from './scopes.js';

const READ = '/api/v1/grievances/KMC-26-0000001-3';

describe('scopes of an API key', () => {
  it.each([
    ['grievances.read', 'GET', '/api/v1/grievances', 'auditor'],
    ['grievances.read', 'HEAD', READ, 'auditor'],
    ['grievances.read', 'GET', `${READ}/timeline`, 'auditor'],
    ['grievances.write', 'POST', '/api/v1/grievances', 'call_centre'],
    ['grievances.write', 'POST', `${READ}/rate`, 'call_centre'],
    ['masters.read', 'GET', '/api/v1/export/wards', 'auditor'],
  ])('%s opens %s %s to its holder as %s', (scope, method, path, role) => {
    expect(roleFor([scope], method, path)).toBe(role);
  });

  it.each([
    ['grievances.read', 'POST', '/api/v1/grievances'],
    ['grievances.read', 'GET', `${READ}/history`],
    ['grievances.write', 'GET', READ],
    ['grievances.write', 'POST', `${READ}/reveal`],
    ['grievances.write', 'POST', `${READ}/resolve`],
    ['masters.read', 'POST', '/api/v1/import/wards'],
    ['open311.write', 'POST', '/api/v1/grievances'],
    ['insight.read', 'GET', '/api/v1/users'],
  ])('%s does not open %s %s', (scope, method, path) => {
    expect(roleFor([scope], method, path)).toBeNull();
  });

  it('never opens keys, accounts, orders or imports, even all together', () => {
    const closed = ['api-keys', 'users', 'orders', 'import/wards', 'auth/password', 'calendar/holidays', 'workflows'];
    for (const path of closed) expect([path, roleFor(SCOPES, 'POST', `/api/v1/${path}`)]).toEqual([path, null]);
  });
});
