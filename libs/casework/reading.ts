import type { AnswerView, CaseView, NotificationView, TimelineItem } from '../contracts/api/views.js';
import { parseNumber } from '../domain/numbers/index.js';
import { CaseAnswersEntity, GrievanceEventEntity, NotificationEntity } from '../persistence/entities/index.js';
import { caseView, iso, type CaseRecord, type StoredAttachment, type Viewer } from './case-view.js';
import { maskContact } from './masking.js';
import type { CaseworkParts } from './parts.js';
import { relationOf, seesInternal, seesOfficers } from './policy.js';
import { actorOf, type Principal } from './principal.js';
import { CaseworkProblem } from './problem.js';
import type { TenantMasters } from './tenant-masters.js';
import { timelineData } from './timeline-data.js';

/** A case with whoever looks at it. */
export interface SeenCase {
  record: CaseRecord;
  viewer: Viewer;
  masters: TenantMasters;
}

/** Reads cases as their callers may see them. */
export class Reading {
  constructor(private readonly parts: CaseworkParts) {}

  /** @param version waits up to a second for the record to reach it */
  async view(principal: Principal, number: string, version = 0): Promise<CaseView> {
    const seen = await this.seen(principal, number, version);
    const [attachments, answers] = await Promise.all([this.attachmentsFor(seen), this.answersOf(seen)]);
    return { ...this.present(seen, attachments), ...(answers.length > 0 ? { answers } : {}) };
  }

  /** What the complainant answered to the questions of the category. Nobody has to, and most categories ask nothing. */
  private async answersOf({ record: { state }, viewer, masters }: SeenCase): Promise<AnswerView[]> {
    const { snapshot } = masters;
    const asked = [...snapshot.subCategories.values()].some(({ questions }) => questions.length > 0);
    if (!asked || viewer.relation === 'follower') return [];
    const row = await this.parts.read.manager.findOneBy(CaseAnswersEntity, { number: state.number });
    return Object.entries(row?.answers ?? {}).map(([code, said]) => {
      // After a transfer the question is one of the category before.
      const question =
        snapshot.subCategories.get(state.subCategory)?.questions.find((each) => each.code === code) ??
        [...snapshot.subCategories.values()].flatMap(({ questions }) => questions).find((each) => each.code === code);
      const answer = question?.choices.find((choice) => choice.code === said)?.names ?? { en: said };
      return { code, question: question?.names ?? { en: code }, answer };
    });
  }

  async timeline(principal: Principal, number: string): Promise<TimelineItem[]> {
    const { record, viewer } = await this.seen(principal, number);
    const { manager } = this.parts.read;
    const internal = seesInternal(viewer.relation);
    const [events, notifications] = await Promise.all([
      manager.find(GrievanceEventEntity, { where: { number: record.state.number }, order: { seq: 'ASC' } }),
      manager.find(NotificationEntity, {
        where: { number: record.state.number },
        order: { createdAt: 'ASC', id: 'ASC' },
      }),
    ]);
    const ownContact = principal.id.slice(principal.id.indexOf(':') + 1);
    const bySeq = new Map<number, NotificationView[]>();
    for (const notification of notifications) {
      if (!internal && notification.contact !== ownContact) continue;
      const list = bySeq.get(notification.seq) ?? [];
      list.push(notificationView(notification));
      bySeq.set(notification.seq, list);
    }
    return events
      .filter((event) => internal || event.public)
      .map((event) => timelineItem(event, seesOfficers(viewer.relation), bySeq.get(event.seq) ?? []));
  }

  /** The case and the caller's relation to it; throws 404 for whoever may not know of it. */
  async seen(principal: Principal, number: string, version = 0): Promise<SeenCase> {
    const { record, masters } = await this.find(number, version);
    const viewer = await this.viewer(principal, record, masters);
    if (viewer.relation === 'stranger') throw CaseworkProblem.notFound();
    return { record, viewer, masters };
  }

  async find(number: string, version = 0): Promise<{ record: CaseRecord; masters: TenantMasters }> {
    const parsed = parseNumber(number);
    if (!parsed.ok) throw invalidNumber(parsed.problem);
    const masters = await this.parts.masters.byPrefix(parsed.prefix);
    const record = masters && (await this.parts.store.find(masters.tenant.code, parsed.number, version));
    if (!record) throw CaseworkProblem.notFound();
    return { record, masters };
  }

  async viewer(principal: Principal, record: CaseRecord, masters: TenantMasters): Promise<Viewer> {
    return (await this.viewing(principal, masters))(record);
  }

  /** What a caller is to the cases of a city, for lists: what is the same for all of them is looked up once. */
  async viewing(principal: Principal, masters: TenantMasters): Promise<(record: CaseRecord) => Viewer> {
    const posts = principal.username ? masters.posts(principal.username, this.parts.now()) : [];
    const actor = actorOf(principal, posts);
    const parents = await this.parts.masters.parents();
    return ({ state }) => ({ principal, actor, relation: relationOf(principal, actor, state, parents) });
  }

  present({ record, viewer, masters }: SeenCase, attachments: readonly StoredAttachment[]): CaseView {
    const now = this.parts.now();
    return caseView(record, viewer, masters.viewMasters(now), attachments, now);
  }

  /** Pictures are shown to strangers of the filer only after somebody looked at them. */
  async attachmentsFor({ record, viewer }: SeenCase): Promise<StoredAttachment[]> {
    if (viewer.relation === 'follower') return [];
    return [...(record.attachments ?? (await this.parts.store.attachments(record.state.number)))];
  }

  async attachmentsOfAll(seen: readonly SeenCase[]): Promise<Map<string, StoredAttachment[]>> {
    const numbers = seen
      .filter(({ viewer }) => viewer.relation !== 'follower')
      .map(({ record }) => record.state.number);
    return this.parts.store.attachmentsOf(numbers);
  }
}

export function invalidNumber(problem: 'format' | 'check_digit'): CaseworkProblem {
  const expected = 'a number as it was told, such as KMC-26-0001234-5';
  return new CaseworkProblem({
    status: 404,
    code: 'invalid_number',
    detail:
      problem === 'check_digit'
        ? 'This is no grievance number: its check digit does not fit. Compare the digits.'
        : 'This is no grievance number.',
    errors: [{ field: 'number', problem, expected }],
  });
}

function timelineItem(event: GrievanceEventEntity, officers: boolean, notifications: NotificationView[]): TimelineItem {
  return {
    seq: event.seq,
    at: iso(event.at),
    event: event.event,
    actor: {
      role: event.actorRole,
      ...(officers && event.actorName ? { name: event.actorName } : {}),
      ...(event.onBehalf ? { onBehalf: true } : {}),
    },
    text: event.text,
    public: event.public,
    data: timelineData(event.data),
    notifications,
  };
}

function notificationView(row: NotificationEntity): NotificationView {
  return {
    id: row.id,
    channel: row.channel,
    to: maskContact(row.toAddress),
    template: row.template,
    locale: row.locale,
    status: row.status,
    at: iso(row.readAt ?? row.deliveredAt ?? row.sentAt ?? row.createdAt),
    ...(row.error ? { error: row.error } : {}),
  };
}
