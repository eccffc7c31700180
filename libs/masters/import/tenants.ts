import { IANAZone } from 'luxon';
import { TenantEntity } from '#libs/persistence/entities/index';
import type { Finding, MasterSpec, NumberedRow } from './master-spec.js';
import { NAME_COLUMNS, readNames, type NamedRow } from './place-masters.js';
import type { RowReader } from './row-reader.js';
import { upsertRows } from './upsert.js';

interface TenantRow extends NamedRow {
  parent: string | null;
  kind: 'state' | 'ulb';
  prefix: string;
  zone: string;
  /** Absent: as they are. */
  settings?: Record<string, unknown>;
}

interface TenantContext {
  stored: readonly TenantEntity[];
  /** Tenant at or below which all rows must lie; empty: anywhere. */
  within: string;
}

const KINDS = { state: 'state', ulb: 'ulb', city: 'ulb', municipality: 'ulb' } as const;

export const tenantsMaster: MasterSpec<TenantContext, TenantRow> = {
  name: 'tenants',
  columns: [
    { name: 'code', aliases: ['tenant'], required: true },
    { name: 'parent' },
    { name: 'kind', required: true },
    { name: 'name', required: true },
    ...NAME_COLUMNS,
    { name: 'prefix', required: true },
    { name: 'zone', aliases: ['time zone', 'timezone'], required: true },
    { name: 'settings' },
  ],
  context: async (em, tenant) => ({ stored: await em.find(TenantEntity), within: tenant }),
  read(reader) {
    const code = reader.code('code', 32);
    const parent = reader.code('parent', 32, false) ?? null;
    const kind = reader.oneOf('kind', KINDS, 'state or ulb');
    const names = readNames(reader);
    const prefix = reader.text('prefix', { required: true, max: 8 })?.toUpperCase();
    if (prefix !== undefined && !/^[A-Z]{2,8}$/.test(prefix)) reader.wrong('prefix', 'wrong_type', '2 to 8 letters');
    const zone = reader.text('zone', { required: true, max: 64 });
    if (zone !== undefined && !IANAZone.isValidZone(zone))
      reader.wrong('zone', 'unknown', 'an IANA zone as Asia/Kolkata');
    const settings = readSettings(reader);
    if (kind === 'ulb' && parent === null && reader.ok) reader.wrong('parent', 'required', 'the state it belongs to');
    if (!reader.ok || !code || !kind || !prefix || !zone) return null;
    const needs = parent === null ? [] : [{ column: 'parent', key: parent, expected: 'the code of a tenant' }];
    const value = { code, parent, kind, ...names, prefix, zone, ...(settings ? { settings } : {}) };
    return { value, key: code, keyColumn: 'code', needs };
  },
  exists: ({ stored }, key) => stored.some(({ code }) => code === key),
  whole: checkTree,
  async write(em, { stored }, rows) {
    const before = new Map(stored.map((tenant) => [tenant.code, tenant]));
    const wanted = rows.map(({ value }) => ({
      ...value,
      settings: value.settings ?? before.get(value.code)?.settings ?? {},
      mastersVersion: before.get(value.code)?.mastersVersion ?? 1,
    }));
    return upsertRows(em, TenantEntity, ['code'], wanted, stored);
  },
  async *export(em, tenant) {
    const rows = await em.find(TenantEntity, { order: { kind: 'ASC', code: 'ASC' } });
    const parents = new Map(rows.map(({ code, parent }) => [code, parent]));
    for (const row of rows) {
      if (tenant !== '' && !pathOf(row.code, parents)?.includes(tenant)) continue;
      const settings = Object.keys(row.settings).length > 0 ? JSON.stringify(row.settings) : '';
      const names = [row.name, row.nameBn ?? '', row.nameHi ?? ''];
      yield [row.code, row.parent ?? '', row.kind, ...names, row.prefix, row.zone, settings];
    }
  },
};

function readSettings(reader: RowReader): Record<string, unknown> | undefined {
  return reader.read<Record<string, unknown>>(
    'settings',
    (cell) => {
      try {
        const value: unknown = JSON.parse(cell);
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
          return value as Record<string, unknown>;
      } catch {
        // Reported below like any other value that is no object.
      }
      return { problem: 'wrong_type', expected: 'a JSON object' };
    },
    false,
  );
}

/** Prefixes must differ, because numbers are unique in the whole system; parents must form a tree below the importer. */
function checkTree(rows: readonly NumberedRow<TenantRow>[], { stored, within }: TenantContext): Finding[] {
  const parents = new Map<string, string | null>(stored.map(({ code, parent }) => [code, parent]));
  const owners = new Map(stored.map(({ code, prefix }) => [prefix, code]));
  for (const { value } of rows) parents.set(value.code, value.parent);
  const findings: Finding[] = [];
  for (const { row, value } of rows) {
    const owner = owners.get(value.prefix);
    if (owner !== undefined && owner !== value.code) {
      findings.push({
        row,
        column: 'prefix',
        value: value.prefix,
        problem: 'duplicate',
        expected: `another prefix: ${owner} has this one`,
      });
    }
    owners.set(value.prefix, value.code);
    const path = pathOf(value.code, parents);
    if (path === null) {
      findings.push({
        row,
        column: 'parent',
        value: value.parent ?? '',
        problem: 'loop',
        expected: 'a tree of tenants',
      });
    } else if (within !== '' && !path.includes(within)) {
      findings.push({
        row,
        column: 'code',
        value: value.code,
        problem: 'not_allowed',
        expected: `${within} or a tenant below it`,
      });
    }
  }
  return findings;
}

function pathOf(code: string, parents: ReadonlyMap<string, string | null>): string[] | null {
  const path: string[] = [];
  for (let at: string | null = code; at !== null; at = parents.get(at) ?? null) {
    if (path.includes(at)) return null;
    path.push(at);
  }
  return path;
}
