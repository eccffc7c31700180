import { In } from 'typeorm';
import { PostEntity, SubCategoryEntity } from '#libs/persistence/entities/index';
import { departmentsOf } from './directory.js';
import type { MasterSpec } from './master-spec.js';
import { NAME_COLUMNS, readNames } from './place-masters.js';
import { checkRouting } from './routing-check.js';
import { upsertRows } from './upsert.js';
import type { Vocabulary } from './vocabulary.js';

type CategoryRow = Omit<SubCategoryEntity, 'tenant'>;

interface CategoryContext {
  tenant: string;
  departments: Vocabulary;
  /** Department → first row of this file with an active category of it. */
  rowOf: Map<string, number>;
}

const CALENDARS = { office: 'office', roundtheclock: 'round_the_clock', '24x7': 'round_the_clock' } as const;
const MOST_HOURS = 10_000;
const FARTHEST_METRES = 100_000;

export const categoriesMaster: MasterSpec<CategoryContext, CategoryRow> = {
  name: 'categories',
  columns: [
    { name: 'category', required: true },
    { name: 'sub_category', aliases: ['code'], required: true },
    { name: 'name', required: true },
    ...NAME_COLUMNS,
    { name: 'department', aliases: ['dept'], required: true },
    { name: 'sla_hours', aliases: ['sla', 'hours'], required: true },
    { name: 'calendar', required: true },
    { name: 'evidence_photo' },
    { name: 'evidence_within_m' },
    { name: 'hide_complainant' },
    { name: 'duplicate_radius_m' },
    { name: 'active' },
  ],
  context: async (em, tenant) => ({ tenant, departments: await departmentsOf(em, tenant), rowOf: new Map() }),
  read(reader, { departments }) {
    const category = reader.code('category', 64);
    const code = reader.code('sub_category', 64);
    const names = readNames(reader);
    const department = reader.known('department', departments);
    const slaHours = reader.number('sla_hours', 0.25, MOST_HOURS);
    const calendar = reader.oneOf('calendar', CALENDARS, 'office or round_the_clock');
    const rules = {
      evidencePhoto: reader.yesNo('evidence_photo', false),
      evidenceWithinM: reader.number('evidence_within_m', 1, FARTHEST_METRES, { whole: true, required: false }) ?? null,
      hideComplainant: reader.yesNo('hide_complainant', false),
      duplicateRadiusM:
        reader.number('duplicate_radius_m', 0, FARTHEST_METRES, { whole: true, required: false }) || null,
      active: reader.yesNo('active', true),
    };
    if (!reader.ok || !category || !code || !department || !slaHours || !calendar) return null;
    const value = { code, category, ...names, department, slaHours, calendar, ...rules };
    return { value, key: code, keyColumn: 'sub_category' };
  },
  async write(em, { tenant, rowOf }, rows) {
    for (const { row, value } of rows) {
      if (value.active && !rowOf.has(value.department)) rowOf.set(value.department, row);
    }
    const stored = await em.findBy(SubCategoryEntity, { tenant, code: In(rows.map(({ value }) => value.code)) });
    const wanted = rows.map(({ value }) => ({ tenant, ...value }));
    return upsertRows(em, SubCategoryEntity, ['tenant', 'code'], wanted, stored);
  },
  async finish(em, { tenant, rowOf }) {
    // Before the first posts are there, every category is without somebody to work on it.
    const posts = await em.countBy(PostEntity, { tenant });
    const findings = posts === 0 ? [] : await checkRouting(em, tenant);
    return {
      findings: findings
        .filter(({ problem }) => problem === 'required')
        .map((finding) => {
          const row = rowOf.get(finding.value);
          if (row === undefined) return finding;
          // Saved, it would have the portal offer what nobody can be given.
          return { ...finding, row, column: 'department', problem: 'points_nowhere', warning: false };
        }),
    };
  },
  async *export(em, tenant) {
    const yesNo = (flag: boolean): string => (flag ? 'yes' : 'no');
    for (const row of await em.find(SubCategoryEntity, { where: { tenant } })) {
      yield [
        row.category,
        row.code,
        row.name,
        row.nameBn ?? '',
        row.nameHi ?? '',
        row.department,
        String(row.slaHours),
        row.calendar,
        yesNo(row.evidencePhoto),
        String(row.evidenceWithinM ?? ''),
        yesNo(row.hideComplainant),
        String(row.duplicateRadiusM ?? 0),
        yesNo(row.active),
      ];
    }
  },
};
