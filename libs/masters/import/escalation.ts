import type { EntityManager } from 'typeorm';
import type { Role } from '#libs/domain/case/names';
import { DepartmentEntity, MatrixLevelEntity, PostEntity } from '#libs/persistence/entities/index';
import { fillPlaceholders, matrixRowsFor } from '../routing.js';
import type { MatrixRow } from '../snapshot.js';
import { departmentsOf, wardDirectory } from './directory.js';
import type { Finding, MasterSpec, NumberedRow } from './master-spec.js';
import { upsertRows } from './upsert.js';
import type { Vocabulary } from './vocabulary.js';
import type { WardDirectory } from './ward-list.js';

interface MatrixContext {
  tenant: string;
  vocabulary: Vocabulary;
  departments: string[];
  wards: WardDirectory;
  posts: ReadonlyMap<string, Role>;
  /** Rows of departments that the file may leave as they are. */
  stored: readonly MatrixRow[];
}

const MOST_LEVELS = 9;
const PLACEHOLDERS = /\{(department|borough|ward)\}/g;
const ANSWERS: ReadonlySet<Role> = new Set(['escalation_officer', 'gro']);

/** Levels per department, `*` for those that a department has none for. A department in the file is replaced whole. */
export const escalationMaster: MasterSpec<MatrixContext, MatrixRow> = {
  name: 'escalation',
  columns: [
    { name: 'department', aliases: ['dept'], required: true },
    { name: 'level', required: true },
    { name: 'position', aliases: ['post'], required: true },
    { name: 'hours', aliases: ['sla_hours'], required: true },
  ],
  context: matrixContext,
  read(reader, { vocabulary }) {
    const every = reader.text('department', { required: true });
    const department = every === '*' ? '*' : reader.known('department', vocabulary);
    const level = reader.number('level', 1, MOST_LEVELS, { whole: true });
    const hours = reader.number('hours', 0.25, 10_000);
    const position = reader.read('position', parsePattern);
    if (!reader.ok || !department || !level || !hours || !position) return null;
    const value = { department, level, position: position.pattern, hours };
    return { value, key: `${department} ${level}`, keyColumn: 'level' };
  },
  whole: checkMatrix,
  async write(em, { tenant, stored }, rows) {
    const wanted = rows.map(({ value }) => ({ tenant, ...value }));
    const departments = new Set(wanted.map(({ department }) => department));
    const kept = new Set(wanted.map(({ department, level }) => `${department} ${level}`));
    const before = stored.filter(({ department }) => departments.has(department)).map((row) => ({ tenant, ...row }));
    const gone = before.filter(({ department, level }) => !kept.has(`${department} ${level}`));
    for (const { department, level } of gone) await em.delete(MatrixLevelEntity, { tenant, department, level });
    const counts = await upsertRows(em, MatrixLevelEntity, ['tenant', 'department', 'level'], wanted, before);
    return { ...counts, updated: counts.updated + gone.length };
  },
  async *export(em, tenant) {
    const rows = await em.find(MatrixLevelEntity, { where: { tenant }, order: { department: 'ASC', level: 'ASC' } });
    for (const row of rows) yield [row.department, String(row.level), row.position, String(row.hours)];
  },
};

async function matrixContext(em: EntityManager, tenant: string): Promise<MatrixContext> {
  const posts = await em.find(PostEntity, { where: { tenant }, select: { tenant: true, position: true, role: true } });
  const departments = await em.findBy(DepartmentEntity, { tenant });
  const stored = await em.findBy(MatrixLevelEntity, { tenant });
  return {
    tenant,
    vocabulary: await departmentsOf(em, tenant),
    departments: departments.map(({ code }) => code),
    wards: await wardDirectory(em, tenant),
    posts: new Map(posts.map(({ position, role }) => [position, role])),
    stored: stored.map(({ department, level, position, hours }) => ({ department, level, position, hours })),
  };
}

function parsePattern(cell: string): { pattern: string } | { problem: string; expected: string } {
  const parts = cell.replace(/\s+/g, '').split(/(\{\w+\})/);
  const pattern = parts.map((part) => (part.startsWith('{') ? part.toLowerCase() : part.toUpperCase())).join('');
  if (/^[A-Z0-9_.-]+$/.test(pattern.replace(PLACEHOLDERS, 'X')) && pattern.length <= 96) return { pattern };
  return {
    problem: 'wrong_type',
    expected: 'a position, with {department}, {borough} or {ward} for those of the case',
  };
}

/** Every level of every department in every ward must lead to one post, a different one each time, without a gap. */
function checkMatrix(rows: readonly NumberedRow<MatrixRow>[], context: MatrixContext): Finding[] {
  const replaced = new Set(rows.map(({ value }) => value.department));
  const rowOf = new Map(rows.map(({ row, value }) => [value, row]));
  const matrix = [
    ...context.stored.filter(({ department }) => !replaced.has(department)),
    ...rows.map(({ value }) => value),
  ];
  const findings = new Map<string, Finding>();
  const add = (
    culprit: MatrixRow | undefined,
    column: 'level' | 'position',
    problem: string,
    expected: string,
  ): void => {
    const row = (culprit && rowOf.get(culprit)) ?? rows.at(-1)?.row ?? 1;
    const value = culprit ? String(culprit[column]) : '';
    const key = `${row} ${column} ${problem}`;
    if (!findings.has(key)) findings.set(key, { row, column, value, problem, expected });
  };
  if (rows.length === 0) add(undefined, 'level', 'required', 'at least one level');
  for (const department of departmentsToCheck(matrix, context)) {
    const levels = matrixRowsFor(matrix, department);
    for (const [at, level] of levels.entries()) {
      if (level.level === at + 1) continue;
      add(level, 'level', 'gap', `level ${at + 1} of ${department}: levels go up by one from 1`);
      break;
    }
    for (const [borough, ward] of placesOf(levels, context.wards)) {
      checkPlace(levels, { department, borough, ward }, context, add);
    }
  }
  return [...findings.values()];
}

function departmentsToCheck(matrix: readonly MatrixRow[], context: MatrixContext): string[] {
  return [...new Set([...context.departments, ...matrix.map(({ department }) => department)])].filter(
    (each) => each !== '*',
  );
}

/** Wards to try: one per borough unless a pattern names the ward. */
function placesOf(levels: readonly MatrixRow[], { wards }: WardDirectory): [borough: string, ward: string][] {
  const all = [...wards].map(([ward, borough]): [string, string] => [borough, ward]);
  if (all.length === 0) return [['', '']];
  return levels.some(({ position }) => position.includes('{ward}')) ? all : [...new Map(all)];
}

function checkPlace(
  levels: readonly MatrixRow[],
  place: { department: string; borough: string; ward: string },
  { posts }: MatrixContext,
  add: (culprit: MatrixRow, column: 'position', problem: string, expected: string) => void,
): void {
  const seen = new Map<string, number>();
  for (const level of levels) {
    const position = fillPlaceholders(level.position, place);
    const role = posts.get(position);
    const where = `${place.department}, borough ${place.borough}`;
    if (role === undefined)
      add(level, 'position', 'points_nowhere', `a post that exists: for ${where} it leads to ${position}`);
    else if (!ANSWERS.has(role))
      add(level, 'position', 'not_allowed', `a post of an escalation officer; ${position} is ${role}`);
    const before = seen.get(position);
    if (before !== undefined)
      add(level, 'position', 'loop', `another post than at level ${before}: for ${where} it is ${position} again`);
    seen.set(position, level.level);
  }
}
