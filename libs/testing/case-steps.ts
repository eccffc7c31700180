import type { StepRecord } from '#libs/contracts/temporal/grievance';
import { open } from '#libs/domain/case/registration';
import type { CaseEvent, CaseRules, CaseState } from '#libs/domain/case/types';
import type { NotificationEntity } from '#libs/persistence/entities/index';
import type { CaseStep } from '#libs/persistence/case-record';

const RULES: CaseRules = {
  slaHours: 24,
  calendar: 'round_the_clock',
  levels: [{ level: 1, position: 'WATER-EE', hours: 12 }],
  gro: 'WATER-GRO',
  candidates: [],
  evidencePhoto: false,
  hideComplainant: false,
  maxReopens: 2,
  ratingWindowDays: 15,
  ratingReminderDays: 7,
  silenceDays: 7,
  ownerPauses: 2,
  extraPauses: 1,
  rejectReasons: [],
  clockScale: 1,
};

/** Monday 5 January 2026, 10:00 in Kolkata. */
export const MONDAY = Date.parse('2026-01-05T04:30:00Z');

/** A freshly registered case for tests of the record. */
export function caseState(number: string, changes: Partial<CaseState> = {}): CaseState {
  const state = open({
    number,
    tenant: 'KMC',
    subCategory: 'WATER_LEAK',
    department: 'WATER',
    ward: '91',
    borough: '10',
    source: 'portal',
    location: { lat: 22.5, lon: 88.36, landmark: 'near the post office' },
    filer: 'citizen:abc',
    rules: RULES,
    calendar: { version: 1, zone: 'Asia/Kolkata', week: { 1: [{ from: 600, to: 1080 }] }, holidays: [] },
    now: MONDAY,
  });
  return { ...state, ...changes };
}

export function caseEvent(seq: number, changes: Partial<CaseEvent> = {}): CaseEvent {
  return {
    seq,
    at: MONDAY + seq,
    event: 'commented',
    actor: { id: 'user:lme1', role: 'lme', name: 'Officer 1', post: 'WATER-LME-1' },
    text: `event ${seq}`,
    public: false,
    data: {},
    ...changes,
  };
}

export function notification(
  number: string,
  seq: number,
  changes: Partial<NotificationEntity> = {},
): NotificationEntity {
  return {
    id: `${number}/${seq}/registered/abc`,
    number,
    tenant: 'KMC',
    seq,
    template: 'registered',
    locale: 'bn',
    channel: 'sms',
    toAddress: '+919800000001',
    contact: 'abc',
    text: 'আপনার অভিযোগ নথিভুক্ত হয়েছে',
    status: 'queued',
    error: null,
    notBefore: 0,
    attempts: 0,
    providerId: null,
    createdAt: MONDAY,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    ...changes,
  };
}

/** The first step: registration and its event. */
export function registrationStep(
  number: string,
  changes: Partial<CaseState> = {},
  description = 'Pipe leaks',
): CaseStep {
  const record: StepRecord = {
    state: caseState(number, changes),
    events: [caseEvent(1, { event: 'registered' })],
    notices: [],
    registration: {
      description,
      locale: 'bn',
      citizen: { id: 'abc', mobile: '+919800000001', name: 'রীতা সেন', channel: 'sms' },
      attachments: [],
      key: `key-${number}`,
      keyBody: 'body',
    },
  };
  return { record, category: 'WATER', rootTenant: 'WB', notifications: [notification(number, 1)] };
}

/** A later step that brought the case to `version` by one event. */
export function laterStep(number: string, version: number, changes: Partial<CaseState> = {}): CaseStep {
  const record: StepRecord = {
    state: caseState(number, { version, ...changes }),
    events: [caseEvent(version)],
    notices: [],
    update: { id: `update-${version}`, bodyHash: `hash-${version}` },
  };
  return { record, category: 'WATER', rootTenant: 'WB', notifications: [notification(number, version)] };
}
