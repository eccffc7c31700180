import { boroughsMaster, categoryNamesMaster, departmentsMaster, reasonsMaster, wardsMaster } from './place-masters.js';
import { holidaysMaster, workingWeekMaster } from './calendar-masters.js';
import { categoriesMaster } from './categories.js';
import { escalationMaster } from './escalation.js';
import { legacyMaster } from './legacy.js';
import type { MasterSpec } from './master-spec.js';
import { positionsMaster } from './positions.js';
import { questionsMaster } from './questions.js';
import { staffMaster } from './staff.js';
import { templatesMaster } from './templates.js';
import { tenantsMaster } from './tenants.js';
import { usersMaster } from './users.js';

/** In the order in which one builds on the other. */
export const MASTER_NAMES = [
  'tenants',
  'boroughs',
  'wards',
  'departments',
  'category-names',
  'categories',
  'questions',
  'users',
  'positions',
  'staff',
  'escalation',
  'working-week',
  'holidays',
  'reasons',
  'templates',
  'legacy',
] as const;
export type MasterName = (typeof MASTER_NAMES)[number];

/** Masters whose change moves the deadlines of open cases. */
export const CALENDAR_MASTERS: ReadonlySet<string> = new Set<MasterName>(['holidays', 'working-week']);

const SPECS = {
  tenants: tenantsMaster,
  boroughs: boroughsMaster,
  wards: wardsMaster,
  departments: departmentsMaster,
  'category-names': categoryNamesMaster,
  categories: categoriesMaster,
  questions: questionsMaster,
  users: usersMaster,
  positions: positionsMaster,
  staff: staffMaster,
  escalation: escalationMaster,
  'working-week': workingWeekMaster,
  holidays: holidaysMaster,
  reasons: reasonsMaster,
  templates: templatesMaster,
  legacy: legacyMaster,
} satisfies Record<MasterName, unknown>;

/** What people call them besides. */
const ALIASES: Readonly<Record<string, MasterName>> = {
  week: 'working-week',
  workinghours: 'working-week',
  matrix: 'escalation',
  subcategories: 'categories',
  posts: 'positions',
  messagetemplates: 'templates',
  oldcases: 'legacy',
  legacycases: 'legacy',
  rejectreasons: 'reasons',
};

export class UnknownMasterError extends Error {
  override readonly name = 'UnknownMasterError';

  constructor(readonly master: string) {
    super(`There is no master "${master}": expected one of ${MASTER_NAMES.join(', ')}`);
  }
}

/** The master of that name, written in any way. */
export function masterNamed(name: string): MasterSpec<unknown, unknown> {
  const key = name.toLowerCase().replace(/[^a-z]/g, '');
  const found = MASTER_NAMES.find((each) => each.replace('-', '') === key) ?? ALIASES[key];
  if (found === undefined) throw new UnknownMasterError(name);
  return SPECS[found];
}
