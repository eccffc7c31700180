import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { QuestionView } from '#libs/contracts/api/masters';
import type { ViewNames } from '#libs/contracts/api/views';
import type { OfficeCalendar } from '#libs/domain/calendar/types';
import type { Role } from '#libs/domain/case/names';
import {
  BoroughEntity,
  CategoryEntity,
  CategoryQuestionEntity,
  DepartmentEntity,
  HoldingEntity,
  HolidayEntity,
  MatrixLevelEntity,
  MessageTemplateEntity,
  PostEntity,
  RejectReasonEntity,
  SubCategoryEntity,
  TenantEntity,
  WardEntity,
  WorkingHoursEntity,
  type WardPolygon,
} from '#libs/persistence/entities/index';
import { boundsOf, type Bounds } from './bounds.js';

/** What a thing is called; English always, the other languages where the masters have them. */
export type Names = ViewNames;

export interface TenantInfo {
  code: string;
  parent: string | null;
  /** The top of the tree: citizens belong to it. */
  root: string;
  kind: 'state' | 'ulb';
  names: Names;
  prefix: string;
  zone: string;
  settings: Readonly<Record<string, unknown>>;
}

export interface BoroughInfo {
  code: string;
  names: Names;
}

export interface WardInfo {
  code: string;
  borough: string;
  names: Names;
  polygon: WardPolygon | null;
  bounds: Bounds | null;
}

export interface DepartmentInfo {
  code: string;
  names: Names;
}

export interface SubCategoryInfo {
  code: string;
  category: string;
  names: Names;
  department: string;
  slaHours: number;
  calendar: 'office' | 'round_the_clock';
  evidencePhoto: boolean;
  evidenceWithinMetres: number | null;
  hideComplainant: boolean;
  /** Metres; 0: near-by cases are not looked for. */
  duplicateRadiusMetres: number;
  active: boolean;
  /** What may be asked of whoever complains, in the order of asking. */
  questions: readonly QuestionView[];
}

/** Under which ids a text goes out, by `<template>/<variant>/<locale>`; an empty variant means the first wording. */
export interface RegistrationInfo {
  dltIds: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  whatsappNames: Readonly<Record<string, string>>;
}

export interface PostInfo {
  position: string;
  designation: string;
  role: Role;
  department: string;
  wards: readonly string[];
  categories: readonly string[];
}

export interface HoldingInfo {
  position: string;
  kind: 'holder' | 'delegate';
  username: string | null;
  person: string;
  mobile: string | null;
  /** Epoch ms, inclusive. */
  validFrom: number;
  /** Epoch ms, exclusive; null: until further notice. */
  validTo: number | null;
}

export interface MatrixRow {
  department: string;
  level: number;
  /** Position with the placeholders `{department}`, `{borough}`, `{ward}`. */
  position: string;
  hours: number;
}

/** All masters of one tenant at one version: immutable, in memory, the only thing that rules are computed from. */
export interface MastersSnapshot {
  version: number;
  tenant: TenantInfo;
  boroughs: ReadonlyMap<string, BoroughInfo>;
  wards: ReadonlyMap<string, WardInfo>;
  departments: ReadonlyMap<string, DepartmentInfo>;
  /** Names of those categories that have some; the others are known by their codes. */
  categories: ReadonlyMap<string, Names>;
  subCategories: ReadonlyMap<string, SubCategoryInfo>;
  posts: ReadonlyMap<string, PostInfo>;
  /** Position → holdings. */
  holdings: ReadonlyMap<string, readonly HoldingInfo[]>;
  matrix: readonly MatrixRow[];
  calendar: OfficeCalendar;
  /** Codes of the tenant's reasons to reject, with their names. */
  rejectReasons: ReadonlyMap<string, Names>;
  registrations: RegistrationInfo;
  /** Durations are divided by it; 1 unless the tenant asks for more and demo mode allows it. */
  clockScale: number;
}

interface Named {
  name: string;
  nameBn: string | null;
  nameHi: string | null;
}

export function namesFrom(row: Named): Names {
  return { en: row.name, ...(row.nameBn ? { bn: row.nameBn } : {}), ...(row.nameHi ? { hi: row.nameHi } : {}) };
}

function index<T, V>(rows: readonly T[], key: (row: T) => string, value: (row: T) => V): Map<string, V> {
  return new Map(rows.map((row) => [key(row), value(row)]));
}

/**
 * Reads all masters of a tenant; null if there is no such tenant.
 * @param demo whether the tenant's `clockScale` is honoured
 */
export async function readSnapshot(em: EntityManager, code: string, demo: boolean): Promise<MastersSnapshot | null> {
  const tenant = await em.findOneBy(TenantEntity, { code });
  if (!tenant) return null;
  const rowsOf = <E extends ObjectLiteral>(entity: EntityTarget<E>): Promise<E[]> =>
    em.createQueryBuilder(entity, 't').where('t.tenant = :code', { code }).getMany();
  const posts = await rowsOf(PostEntity);
  const questions = questionsFrom(await rowsOf(CategoryQuestionEntity));
  return {
    version: tenant.mastersVersion,
    tenant: await tenantInfo(em, tenant),
    boroughs: index(
      inOrder(await rowsOf(BoroughEntity)),
      (row) => row.code,
      (row) => ({ code: row.code, names: namesFrom(row) }),
    ),
    wards: index(inOrder(await rowsOf(WardEntity)), (row) => row.code, wardInfo),
    departments: index(
      await rowsOf(DepartmentEntity),
      (row) => row.code,
      (row) => ({ code: row.code, names: namesFrom(row) }),
    ),
    categories: index(await rowsOf(CategoryEntity), (row) => row.code, namesFrom),
    subCategories: index(
      await rowsOf(SubCategoryEntity),
      (row) => row.code,
      (row) => subCategoryInfo(row, questions.get(row.code) ?? []),
    ),
    posts: index(
      posts,
      (row) => row.position,
      ({ tenant: _tenant, ...post }) => post,
    ),
    holdings: byPosition(await rowsOf(HoldingEntity)),
    matrix: (await rowsOf(MatrixLevelEntity)).sort((a, b) => a.level - b.level),
    calendar: calendarFrom(tenant, await rowsOf(WorkingHoursEntity), await rowsOf(HolidayEntity)),
    rejectReasons: index(await rowsOf(RejectReasonEntity), (row) => row.code, namesFrom),
    registrations: registrationsFrom(await rowsOf(MessageTemplateEntity)),
    clockScale: demo ? clockScaleOf(tenant.settings) : 1,
  };
}

const collator = new Intl.Collator('en', { numeric: true });

/** Ward 2 before ward 10: the order of the maps is that of the lists people choose from. */
function inOrder<E extends { code: string }>(rows: E[]): E[] {
  return rows.sort((a, b) => collator.compare(a.code, b.code));
}

function byPosition(holdings: readonly HoldingEntity[]): Map<string, HoldingInfo[]> {
  const groups = new Map<string, HoldingInfo[]>();
  for (const { id: _id, tenant: _tenant, ...holding } of holdings) {
    const group = groups.get(holding.position);
    if (group) group.push(holding);
    else groups.set(holding.position, [holding]);
  }
  return groups;
}

async function tenantInfo(em: EntityManager, tenant: TenantEntity): Promise<TenantInfo> {
  let top = tenant;
  const seen = new Set([top.code]);
  while (top.parent !== null && !seen.has(top.parent)) {
    const parent: TenantEntity | null = await em.findOneBy(TenantEntity, { code: top.parent });
    if (!parent) break;
    seen.add(parent.code);
    top = parent;
  }
  return {
    code: tenant.code,
    parent: tenant.parent,
    root: top.code,
    kind: tenant.kind,
    names: namesFrom(tenant),
    prefix: tenant.prefix,
    zone: tenant.zone,
    settings: tenant.settings,
  };
}

function wardInfo(row: WardEntity): WardInfo {
  return {
    code: row.code,
    borough: row.borough,
    names: namesFrom(row),
    polygon: row.polygon,
    bounds: row.polygon ? boundsOf(row.polygon) : null,
  };
}

function questionsFrom(rows: readonly CategoryQuestionEntity[]): Map<string, QuestionView[]> {
  const questions = new Map<string, QuestionView[]>();
  for (const row of [...rows].sort((a, b) => a.position - b.position)) {
    const { subCategory, code, kind, question, questionBn, questionHi, choices } = row;
    const names = namesFrom({ name: question, nameBn: questionBn, nameHi: questionHi });
    const offered = (choices ?? []).map(({ code: choice, ...each }) => ({ code: choice, names: each }));
    questions.set(subCategory, [...(questions.get(subCategory) ?? []), { code, kind, names, choices: offered }]);
  }
  return questions;
}

function subCategoryInfo(row: SubCategoryEntity, questions: readonly QuestionView[]): SubCategoryInfo {
  return {
    questions,
    code: row.code,
    category: row.category,
    names: namesFrom(row),
    department: row.department,
    slaHours: row.slaHours,
    calendar: row.calendar,
    evidencePhoto: row.evidencePhoto,
    evidenceWithinMetres: row.evidenceWithinM,
    hideComplainant: row.hideComplainant,
    duplicateRadiusMetres: row.duplicateRadiusM ?? 0,
    active: row.active,
  };
}

function registrationsFrom(rows: readonly MessageTemplateEntity[]): RegistrationInfo {
  const column = (name: 'dltId' | 'header' | 'whatsappName'): Record<string, string> =>
    Object.fromEntries(
      rows.flatMap((row) => {
        const value = row[name];
        return value === null ? [] : [[`${row.template}/${row.variant}/${row.locale}`, value]];
      }),
    );
  return { dltIds: column('dltId'), headers: column('header'), whatsappNames: column('whatsappName') };
}

/** The calendar from its rows. */
export function calendarFrom(
  tenant: Pick<TenantEntity, 'zone' | 'mastersVersion'>,
  hours: readonly Pick<WorkingHoursEntity, 'day' | 'fromMin' | 'toMin'>[],
  holidays: readonly Pick<HolidayEntity, 'date'>[],
): OfficeCalendar {
  const week: Record<number, { from: number; to: number }[]> = {};
  for (const { day, fromMin, toMin } of [...hours].sort((a, b) => a.day - b.day || a.fromMin - b.fromMin)) {
    (week[day] ??= []).push({ from: fromMin, to: toMin });
  }
  const dates = holidays.map(({ date }) => date).sort();
  return { version: tenant.mastersVersion, zone: tenant.zone, week, holidays: dates };
}

function clockScaleOf(settings: Readonly<Record<string, unknown>>): number {
  const scale = settings['clockScale'];
  return typeof scale === 'number' && Number.isFinite(scale) && scale >= 1 ? scale : 1;
}
