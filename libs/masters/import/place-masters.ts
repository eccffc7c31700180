import { In, type EntityManager } from 'typeorm';
import {
  BoroughEntity,
  CategoryEntity,
  DepartmentEntity,
  RejectReasonEntity,
  WardEntity,
} from '#libs/persistence/entities/index';
import { wardDirectory } from './directory.js';
import type { MasterSpec } from './master-spec.js';
import type { RowReader } from './row-reader.js';
import { upsertRows } from './upsert.js';
import { boroughCode, type WardDirectory } from './ward-list.js';

export interface NamedRow {
  code: string;
  name: string;
  nameBn: string | null;
  nameHi: string | null;
}

export const NAME_COLUMNS = [
  { name: 'name_bn', aliases: ['bengali'] },
  { name: 'name_hi', aliases: ['hindi'] },
];

export function readNames(reader: RowReader, fallback?: string): Omit<NamedRow, 'code'> {
  return {
    name: reader.text('name', { required: fallback === undefined }) ?? fallback ?? '',
    nameBn: reader.text('name_bn') ?? null,
    nameHi: reader.text('name_hi') ?? null,
  };
}

type NamedEntity = NamedRow & { tenant: string };

/** A master that is no more than codes with names. */
function namedMaster(
  name: string,
  aliases: readonly string[],
  entity: new () => NamedEntity,
  readCode: (reader: RowReader) => string | undefined,
): MasterSpec<{ tenant: string }, NamedRow> {
  return {
    name,
    columns: [{ name: 'code', aliases, required: true }, { name: 'name', required: true }, ...NAME_COLUMNS],
    context: async (_em, tenant) => ({ tenant }),
    read(reader) {
      const code = readCode(reader);
      const names = readNames(reader);
      return reader.ok && code ? { value: { code, ...names }, key: code, keyColumn: 'code' } : null;
    },
    async write(em, { tenant }, rows) {
      const codes = rows.map(({ value }) => value.code);
      const stored = await em.findBy(entity, { tenant, code: In(codes) });
      return upsertRows(
        em,
        entity,
        ['tenant', 'code'],
        rows.map(({ value }) => ({ tenant, ...value })),
        stored,
      );
    },
    async *export(em, tenant) {
      for (const row of await em.find(entity, { where: { tenant } })) {
        yield [row.code, row.name, row.nameBn ?? '', row.nameHi ?? ''];
      }
    },
  };
}

export const boroughsMaster = namedMaster('boroughs', ['borough'], BoroughEntity, (reader) => reader.code('code', 32));
export const departmentsMaster = namedMaster('departments', ['department'], DepartmentEntity, (reader) =>
  reader.code('code', 32),
);
export const categoryNamesMaster = namedMaster('category-names', ['category'], CategoryEntity, (reader) =>
  reader.code('code', 64),
);

export const reasonsMaster = namedMaster('reasons', ['reason'], RejectReasonEntity, (reader) => {
  const code = reader.text('code', { required: true, max: 64 })?.toLowerCase().replace(/[ -]/g, '_');
  if (code === undefined || /^[a-z][a-z0-9_]*$/.test(code)) return code;
  return reader.wrong('code', 'wrong_type', 'a code as sub_judice');
});

interface WardRow extends NamedRow {
  borough: string;
}

const unknownBorough = { problem: 'unknown', expected: 'a borough of this city by code or name' };

interface WardContext {
  tenant: string;
  directory: WardDirectory;
}

export const wardsMaster: MasterSpec<WardContext, WardRow> = {
  name: 'wards',
  columns: [
    { name: 'ward', aliases: ['code', 'ward no', 'ward number'], required: true },
    { name: 'borough', aliases: ['zone'], required: true },
    { name: 'borough_name', aliases: ['zone name'] },
    { name: 'name', aliases: ['ward name'] },
    ...NAME_COLUMNS,
  ],
  context: async (em: EntityManager, tenant: string) => ({ tenant, directory: await wardDirectory(em, tenant) }),
  read(reader, { directory }) {
    const text = reader.code('ward', 32)?.replace(/^0+(?=\d)/, '');
    const borough = reader.read<{ code: string }>('borough', (cell) => {
      const code = boroughCode(cell, directory) ?? boroughCode(cell.replace(/^borough\s*/i, ''), directory);
      return code === null ? unknownBorough : { code };
    });
    const names = readNames(reader, text === undefined ? '' : `Ward ${text}`);
    if (!reader.ok || text === undefined || !borough) return null;
    return { value: { code: text, borough: borough.code, ...names }, key: text, keyColumn: 'ward' };
  },
  async write(em, { tenant }, rows) {
    const codes = rows.map(({ value }) => value.code);
    const select = { tenant: true, code: true, borough: true, name: true, nameBn: true, nameHi: true } as const;
    const stored = await em.find(WardEntity, { where: { tenant, code: In(codes) }, select });
    return upsertRows(
      em,
      WardEntity,
      ['tenant', 'code'],
      rows.map(({ value }) => ({ tenant, ...value })),
      stored,
    );
  },
  async *export(em, tenant) {
    const boroughs = new Map((await em.findBy(BoroughEntity, { tenant })).map(({ code, name }) => [code, name]));
    const select = { tenant: true, code: true, borough: true, name: true, nameBn: true, nameHi: true } as const;
    for (const row of await em.find(WardEntity, { where: { tenant }, select })) {
      yield [row.code, row.borough, boroughs.get(row.borough) ?? '', row.name, row.nameBn ?? '', row.nameHi ?? ''];
    }
  },
};
