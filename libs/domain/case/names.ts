/** The states of a grievance (domain rules, "One grievance = one durable workflow"). */
export const WORKING_STATES = [
  'registered',
  'awaiting_assignment',
  'assigned',
  'reassignment_requested',
  'awaiting_citizen',
  'reopened',
] as const;
export const ANSWERED_STATES = ['resolved', 'rejected'] as const;
export const CASE_STATES = [...WORKING_STATES, ...ANSWERED_STATES, 'closed'] as const;
export type CaseStateName = (typeof CASE_STATES)[number];

export const OUTCOMES = ['satisfied', 'dissatisfied', 'unrated', 'rejected', 'withdrawn', 'duplicate'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const ROLES = [
  'citizen',
  'lme',
  'gro',
  'escalation_officer',
  'call_centre',
  'mayors_office',
  'tenant_admin',
  'state_admin',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

export const SOURCES = [
  'portal',
  'whatsapp',
  'sms',
  'missed_call',
  'call_centre',
  'talk_to_mayor',
  'mayors_office',
  'borough_page',
  'facebook',
  'x',
  'open311',
  'state_portal',
  'walk_in',
  'councillor_app',
] as const;
export type Source = (typeof SOURCES)[number];

export const LOCALES = ['bn', 'hi', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Commands in the spelling of the routes; also the names of the workflow's updates, so never renamed. */
export const COMMANDS = [
  'assign',
  'reassign',
  'transfer',
  'request-reassignment',
  'decline-reassignment',
  'resolve',
  'direct',
  'ask-citizen',
  'answer',
  'recall',
  'rate',
  'reopen',
  'undo',
  'withdraw',
  'reject',
  'mark-duplicate',
  'comment',
  'attach',
  'follow',
  'unfollow',
  'directive',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** Deadlines are commands too, given by the actor `system`. */
export const DEADLINES = [
  'sla_reminder',
  'level_deadline',
  'decision_deadline',
  'citizen_silence',
  'rating_reminder',
  'window_end',
  'directive_due',
  'daily_digest',
] as const;
export type DeadlineKind = (typeof DEADLINES)[number];

/** What happened, in the past tense; stored in the event log, so never renamed. */
export const EVENTS = [
  'registered',
  'assigned',
  'unassigned',
  'reassigned',
  'transferred',
  'reassignment_requested',
  'reassignment_declined',
  'resolved',
  'rejected',
  'rated',
  'reopened',
  'closed',
  'directed',
  'citizen_asked',
  'citizen_answered',
  'citizen_silent',
  'recalled',
  'answer_undone',
  'withdrawn',
  'marked_duplicate',
  'commented',
  'attached',
  'followed',
  'unfollowed',
  'directive_given',
  'directive_overdue',
  'sla_reminded',
  'escalated',
  'decision_overdue',
  'rating_reminded',
  'digest_due',
  'recomputed',
] as const;
export type EventName = (typeof EVENTS)[number];

/** Message templates; one folder each in libs/templates. */
export const TEMPLATES = [
  'registered',
  'assigned_to_citizen',
  'work_assigned',
  'resolved',
  'rejected',
  'reopened',
  'closed',
  'citizen_asked',
  'rating_reminder',
  'answer_undone',
  'transferred',
  'escalated_to_citizen',
  'work_escalated',
  'work_reopened',
  'work_directed',
  'work_withdrawn',
  'sla_reminder',
  'reassignment_requested',
  'reassignment_declined',
  'decision_overdue',
  'citizen_answered',
  'directive_given',
  'directive_overdue',
  'daily_digest',
  'comment_public',
  'otp',
  'sms_help',
  'sms_status',
  'sms_refused',
  'sms_rated',
  'missed_call',
] as const;
export type TemplateId = (typeof TEMPLATES)[number];
