import type { Casework } from '#libs/casework/casework';
import type { Principal } from '#libs/casework/principal';
import { CaseworkProblem } from '#libs/casework/problem';
import type { WhatsAppLine } from '#libs/channels/whatsapp/graph-client';
import type { CaseView } from '#libs/contracts/api/views';
import type { Locale } from '#libs/domain/case/names';
import type { Effect, EffectResult, EffectResults, RefusedEffect } from '#libs/dialogue/types';
import { MastersError } from '#libs/masters/index';
import { spokenState, type CaseTeller } from './case-brief.js';
import type { ChatMediaKeeper } from './chat-media.js';

/** On whose behalf and for which message effects are carried out. */
export interface EffectContext {
  principal: Principal;
  messageId: string;
  locale: Locale;
  line: WhatsAppLine | null;
}

const MOST_CASES = '10';

/** Carries out what the dialogue asks for. Everything that changes something does it once a message and place in it. */
export class EffectRunner {
  constructor(
    private readonly casework: Casework,
    private readonly teller: CaseTeller,
    private readonly media: ChatMediaKeeper,
  ) {}

  /** @param turn how many effects this message had before: part of the key by which a repeated step is recognised */
  async run(effect: Effect, context: EffectContext, turn: number): Promise<EffectResult> {
    const { principal, messageId, locale } = context;
    const key = `chat:${messageId}:${turn}`;
    switch (effect.do) {
      case 'keep': {
        const { tenant, id: by } = principal;
        return this.media.keep(context.line, { media: effect.media, as: effect.as, messageId, tenant, by });
      }
      case 'nearby':
        return this.nearby(effect, principal);
      case 'register':
        return this.attempt(locale, () => this.casework.register(principal, effect.body, key));
      case 'command':
        return this.attempt(locale, () =>
          this.casework.command(principal, effect.number, effect.command, effect.body, key),
        );
      case 'find':
        return this.find(effect.number, principal, locale);
      case 'cases':
        return this.cases(principal, locale);
      // The language is stored with the chat, and with the citizen by whoever stores that.
      case 'speak':
        return undefined;
    }
  }

  private async nearby(
    { city, kind, lat, lon }: Extract<Effect, { do: 'nearby' }>,
    principal: Principal,
  ): Promise<EffectResults['nearby']> {
    try {
      const cases = await this.casework.nearby(principal, { tenant: city, subCategory: kind, lat, lon });
      return cases.map(({ number, distance }) => ({ number, distance }));
    } catch (error) {
      refusalOf(error);
      return [];
    }
  }

  private async find(number: string, principal: Principal, locale: Locale): Promise<EffectResults['find']> {
    try {
      const view = await this.casework.view(principal, number);
      return { ok: true, brief: await this.teller.full(principal, view, locale) };
    } catch (error) {
      return refusalOf(error);
    }
  }

  private async cases(principal: Principal, locale: Locale): Promise<EffectResults['cases']> {
    const [own, followed] = await Promise.all([
      this.casework.list(principal, { limit: MOST_CASES }),
      this.casework.list(principal, { limit: MOST_CASES, followed: 'true' }),
    ]);
    const views = [...own.items, ...followed.items].slice(0, Number(MOST_CASES));
    return Promise.all(views.map((view) => this.teller.brief(view, locale)));
  }

  private async attempt(locale: Locale, work: () => Promise<CaseView>): Promise<EffectResults['command']> {
    try {
      return { ok: true, brief: await this.teller.brief(await work(), locale) };
    } catch (error) {
      return refusalOf(error);
    }
  }
}

/** A refusal as the dialogue takes it; what may work in a moment is thrown on, so that the step is tried again. */
function refusalOf(error: unknown): RefusedEffect {
  if (error instanceof MastersError) return { ok: false, status: 422, code: error.problem, fields: [error.field] };
  if (!(error instanceof CaseworkProblem) || error.details.status >= 500) throw error;
  const { status, code, errors, state } = error.details;
  return {
    ok: false,
    status,
    code,
    fields: errors?.map(({ field }) => field) ?? [],
    ...(state ? { state: spokenState(state) } : {}),
  };
}
