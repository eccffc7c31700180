import { Injectable } from '@nestjs/common';
import { Casework } from '#libs/casework/casework';
import type { SeenCase } from '#libs/casework/reading';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import { localeIn, parseCommand, type NumberText, type SmsCommand } from '#libs/channels/sms/commands';
import type { Locale } from '#libs/domain/case/names';
import { ANSWERED_STATES } from '#libs/domain/case/names';
import { describe } from '#libs/masters/names';
import { identityOf } from '#libs/persistence/contact-aliases';
import { Once } from '../once.service.js';
import { SmsReplies, type Reply } from './sms-replies.service.js';

const DAY_MS = 86_400_000;
/** Answers to one telephone in an hour: two machines that answer each other come to an end. */
const MOST_ANSWERS = 30;
const HOUR_MS = 3_600_000;
/** A call that is repeated meanwhile is carried out again, to no effect, but answered once. */
const ANSWERED_WITHIN_MS = 60_000;

/** Carries out what citizens ask by SMS, for their own cases only, and answers them. */
@Injectable()
export class SmsCommands {
  private readonly answers = new Map<string, { since: number; count: number }>();

  constructor(
    private readonly casework: Casework,
    private readonly replies: SmsReplies,
    private readonly once: Once,
  ) {}

  /** @param key by which a repeated call is the same request */
  async take(mobile: string, text: string, key: string): Promise<void> {
    const { read, contactId } = this.casework.parts;
    const contact = await identityOf(read.manager, contactId(mobile));
    const known = await this.casework.parts.citizens.find(contact);
    const locale = localeIn(text) ?? known?.locale ?? 'en';
    const tenant = await this.casework.parts.masters.citizensTenant();
    const principal: Principal = {
      kind: 'citizen',
      id: `citizen:${contact}`,
      tenant,
      roles: ['citizen'],
      mobile,
      locale,
      source: 'sms',
    };
    const command = parseCommand(text);
    const reply = await this.answerTo(principal, command, key);
    if (reply === null || !(await this.once.claim(`sms-answer/${key}`, ANSWERED_WITHIN_MS))) return;
    if (!this.mayAnswer(contact)) return;
    if (command.kind === 'other' && !(await this.once.claim(`sms-help/${contact}`, DAY_MS))) return;
    await this.replies.send(mobile, localeIn(text) ?? reply.locale ?? locale, reply);
  }

  private async answerTo(
    principal: Principal,
    command: SmsCommand,
    key: string,
  ): Promise<(Reply & { locale?: Locale }) | null> {
    if (command.kind === 'help' || command.kind === 'other') return this.help();
    if (command.kind === 'unclear') return command.of === 'number' ? unknown() : this.help();
    const seen = await this.ownCase(principal, command.number);
    if (!seen) return unknown();
    const { number, tenant } = seen.record.state;
    const about = { about: { number, tenant }, locale: seen.record.locale };
    if (command.kind === 'status') return { ...about, ...statusOf(seen) };
    try {
      if (command.kind === 'reopen') {
        await this.casework.command(principal, number, 'reopen', { reason: command.reason }, key);
        // The case itself tells everybody that it was reopened, and who has it now.
        return null;
      }
      const { rating, remarks } = command;
      const body = { rating, ...(remarks === undefined ? {} : { remarks }) };
      const view = await this.casework.command(principal, number, 'rate', body, key);
      const toldByCase = view.state === 'closed' || view.state === 'reopened';
      return toldByCase ? null : { ...about, template: 'sms_rated', values: { number, rating } };
    } catch (error) {
      if (!(error instanceof CaseworkProblem) || error.details.status >= 500) throw error;
      return { ...about, template: 'sms_refused', variant: refusalOf(error, seen), values: { number } };
    }
  }

  private help(): Reply {
    return { template: 'sms_help', values: { site: this.replies.site } };
  }

  /** The case of that number, if this telephone made or follows it. Without a prefix every city's is tried. */
  private async ownCase(principal: Principal, text: NumberText): Promise<SeenCase | null> {
    const prefixes = 'digits' in text ? (await this.casework.parts.masters.service.tenants()).map((t) => t.prefix) : [];
    const numbers = 'digits' in text ? prefixes.map((prefix) => `${prefix}-${text.digits}`) : [text.number];
    for (const number of numbers) {
      try {
        return await this.casework.reading.seen(principal, number);
      } catch (error) {
        if (!(error instanceof CaseworkProblem) || error.details.status !== 404) throw error;
      }
    }
    return null;
  }

  private mayAnswer(contact: string): boolean {
    const now = Date.now();
    const before = this.answers.get(contact);
    const count = before && now - before.since < HOUR_MS ? before.count + 1 : 1;
    this.answers.set(contact, { since: count === 1 ? now : (before?.since ?? now), count });
    if (this.answers.size > 10_000) this.answers.delete(this.answers.keys().next().value ?? '');
    return count <= MOST_ANSWERS;
  }
}

function unknown(): Reply {
  return { template: 'sms_refused', variant: 'unknown', values: {} };
}

function statusOf({ record, masters }: SeenCase): Reply<'sms_status'> {
  const { state } = record;
  const { snapshot } = masters;
  const names = (kind: 'subCategory' | 'department', code: string) => ({
    en: describe(snapshot, kind, code, 'en'),
    bn: describe(snapshot, kind, code, 'bn'),
    hi: describe(snapshot, kind, code, 'hi'),
  });
  const post = snapshot.posts.get(state.owner ?? state.accountable);
  const citywide = post?.wards.includes('*') ?? true;
  const values = {
    number: state.number,
    matter: names('subCategory', state.subCategory),
    office: {
      designation: post?.designation ?? state.department,
      department: names('department', post?.department ?? state.department),
      ...(citywide || state.borough === '' ? {} : { borough: state.borough }),
    },
    due: state.dueAt,
    window: state.answer?.windowEndsAt ?? null,
    question: state.waiting?.question ?? null,
  };
  return { template: 'sms_status', variant: variantOf(state.state), values };
}

function variantOf(state: SeenCase['record']['state']['state']): string {
  if (state === 'closed') return 'closed';
  if (state === 'awaiting_citizen') return 'asked';
  return isAnswered(state) ? 'answered' : 'working';
}

function isAnswered(state: string): boolean {
  return (ANSWERED_STATES as readonly string[]).includes(state);
}

function refusalOf({ details }: CaseworkProblem, { record }: SeenCase): string {
  if (details.code === 'already_rated') return 'already_rated';
  if ((details.state ?? record.state.state) === 'closed') return 'closed';
  if (details.code === 'limit_reached' || isAnswered(details.state ?? '')) return 'limit';
  return 'not_answered';
}
