import type { TemplateId } from '#libs/domain/case/names';
import { answerUndone } from './answer_undone/template.js';
import { assignedToCitizen } from './assigned_to_citizen/template.js';
import { citizenAnswered } from './citizen_answered/template.js';
import { citizenAsked } from './citizen_asked/template.js';
import { closed } from './closed/template.js';
import { commentPublic } from './comment_public/template.js';
import { dailyDigest } from './daily_digest/template.js';
import { decisionOverdue } from './decision_overdue/template.js';
import { directiveGiven } from './directive_given/template.js';
import { directiveOverdue } from './directive_overdue/template.js';
import { escalatedToCitizen } from './escalated_to_citizen/template.js';
import { missedCall } from './missed_call/template.js';
import { otp } from './otp/template.js';
import { ratingReminder } from './rating_reminder/template.js';
import { reassignmentDeclined } from './reassignment_declined/template.js';
import { reassignmentRequested } from './reassignment_requested/template.js';
import { registered } from './registered/template.js';
import { rejected } from './rejected/template.js';
import { reopened } from './reopened/template.js';
import { resolved } from './resolved/template.js';
import { slaReminder } from './sla_reminder/template.js';
import { smsHelp } from './sms_help/template.js';
import { smsRated } from './sms_rated/template.js';
import { smsRefused } from './sms_refused/template.js';
import { smsStatus } from './sms_status/template.js';
import { transferred } from './transferred/template.js';
import { workAssigned } from './work_assigned/template.js';
import { workDirected } from './work_directed/template.js';
import { workEscalated } from './work_escalated/template.js';
import { workReopened } from './work_reopened/template.js';
import { workWithdrawn } from './work_withdrawn/template.js';

/** Every message there is; the compiler refuses a template id without one. */
export const DEFINITIONS = {
  registered,
  assigned_to_citizen: assignedToCitizen,
  resolved,
  rejected,
  reopened,
  closed,
  citizen_asked: citizenAsked,
  rating_reminder: ratingReminder,
  answer_undone: answerUndone,
  transferred,
  escalated_to_citizen: escalatedToCitizen,
  comment_public: commentPublic,
  work_assigned: workAssigned,
  work_escalated: workEscalated,
  work_reopened: workReopened,
  work_directed: workDirected,
  work_withdrawn: workWithdrawn,
  sla_reminder: slaReminder,
  reassignment_requested: reassignmentRequested,
  reassignment_declined: reassignmentDeclined,
  decision_overdue: decisionOverdue,
  citizen_answered: citizenAnswered,
  directive_given: directiveGiven,
  directive_overdue: directiveOverdue,
  daily_digest: dailyDigest,
  otp,
  sms_help: smsHelp,
  sms_status: smsStatus,
  sms_refused: smsRefused,
  sms_rated: smsRated,
  missed_call: missedCall,
} satisfies Record<TemplateId, unknown>;

export type Definitions = typeof DEFINITIONS;
