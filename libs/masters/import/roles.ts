import type { Role } from '#libs/domain/case/names';

/** What departments write for a role, without spaces, dots and case. */
export const ROLE_WORDS: Readonly<Record<string, Role>> = {
  lme: 'lme',
  lastmileemployee: 'lme',
  gro: 'gro',
  grievanceredressalofficer: 'gro',
  escalationofficer: 'escalation_officer',
  eo: 'escalation_officer',
  callcentre: 'call_centre',
  callcenter: 'call_centre',
  callcentreoperator: 'call_centre',
  mayorsoffice: 'mayors_office',
  tenantadmin: 'tenant_admin',
  admin: 'tenant_admin',
  stateadmin: 'state_admin',
  auditor: 'auditor',
};

export const ROLE_EXPECTED =
  'one of lme, gro, escalation_officer, call_centre, mayors_office, tenant_admin, state_admin, auditor';

/** Designation of a post for which none was given, and the part of its code that tells the role. */
export const ROLE_TITLES: Readonly<Record<Role, { title: string; short: string }>> = {
  citizen: { title: 'Citizen', short: 'C' },
  lme: { title: 'Last Mile Employee', short: 'LME' },
  gro: { title: 'Grievance Redressal Officer', short: 'GRO' },
  escalation_officer: { title: 'Escalation Officer', short: 'EO' },
  call_centre: { title: 'Call Centre Operator', short: 'CALL' },
  mayors_office: { title: "Mayor's Office", short: 'MAYOR' },
  tenant_admin: { title: 'Administrator', short: 'ADMIN' },
  state_admin: { title: 'State Administrator', short: 'STATE' },
  auditor: { title: 'Auditor', short: 'AUDIT' },
};
