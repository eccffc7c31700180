import { ApiKeyEntity, OtpEntity, SessionEntity } from './access.entity.js';
import { AppUserEntity } from './app-user.entity.js';
import { AttachmentEntity } from './attachment.entity.js';
import {
  AuditEntity,
  IdempotencyEntity,
  LegacyCaseEntity,
  MasterOrderEntity,
  NumberBlockEntity,
} from './bookkeeping.entity.js';
import { CaseAnswersEntity, CategoryQuestionEntity } from './category-question.entity.js';
import { CategoryEntity } from './category.entity.js';
import { CitizenEntity } from './citizen.entity.js';
import { ContactAliasEntity } from './contact-alias.entity.js';
import { ConversationStateEntity, EarlyReportEntity } from './conversation-state.entity.js';
import { DepartmentEntity } from './department.entity.js';
import { FollowerEntity } from './follower.entity.js';
import { GrievanceEventEntity } from './grievance-event.entity.js';
import { GrievanceWordEntity } from './grievance-word.entity.js';
import { GrievanceEntity } from './grievance.entity.js';
import { HistoryArchiveEntity, HistoryChunkEntity } from './history-archive.entity.js';
import { CallOutcomeEntity, CaseFactEntity, InsightCursorEntity, InsightMonthEntity } from './insight.entity.js';
import { MessageTemplateEntity } from './message-template.entity.js';
import { NotificationEntity } from './notification.entity.js';
import { BoroughEntity, WardEntity } from './places.entity.js';
import { HoldingEntity, PostEntity } from './post.entity.js';
import { HolidayEntity, MatrixLevelEntity, RejectReasonEntity, WorkingHoursEntity } from './rules.entity.js';
import { SubCategoryEntity } from './sub-category.entity.js';
import { TenantChannelEntity } from './tenant-channel.entity.js';
import { TenantEntity } from './tenant.entity.js';

export * from './access.entity.js';
export * from './app-user.entity.js';
export * from './attachment.entity.js';
export * from './bookkeeping.entity.js';
export * from './category.entity.js';
export * from './category-question.entity.js';
export * from './citizen.entity.js';
export * from './contact-alias.entity.js';
export * from './conversation-state.entity.js';
export * from './department.entity.js';
export * from './follower.entity.js';
export * from './grievance-event.entity.js';
export * from './grievance-word.entity.js';
export * from './grievance.entity.js';
export * from './history-archive.entity.js';
export * from './insight.entity.js';
export * from './message-template.entity.js';
export * from './notification.entity.js';
export * from './tenant-channel.entity.js';
export * from './places.entity.js';
export * from './post.entity.js';
export * from './rules.entity.js';
export * from './sub-category.entity.js';
export * from './tenant.entity.js';

/** Every table of the product. */
export const ENTITIES = [
  TenantEntity,
  BoroughEntity,
  WardEntity,
  DepartmentEntity,
  CategoryEntity,
  SubCategoryEntity,
  MessageTemplateEntity,
  PostEntity,
  HoldingEntity,
  MatrixLevelEntity,
  WorkingHoursEntity,
  HolidayEntity,
  RejectReasonEntity,
  AppUserEntity,
  CitizenEntity,
  OtpEntity,
  SessionEntity,
  ApiKeyEntity,
  AttachmentEntity,
  GrievanceEntity,
  GrievanceEventEntity,
  NotificationEntity,
  FollowerEntity,
  GrievanceWordEntity,
  HistoryArchiveEntity,
  HistoryChunkEntity,
  IdempotencyEntity,
  NumberBlockEntity,
  AuditEntity,
  MasterOrderEntity,
  LegacyCaseEntity,
  CaseFactEntity,
  InsightMonthEntity,
  InsightCursorEntity,
  CallOutcomeEntity,
  ConversationStateEntity,
  EarlyReportEntity,
  ContactAliasEntity,
  TenantChannelEntity,
  CategoryQuestionEntity,
  CaseAnswersEntity,
];
