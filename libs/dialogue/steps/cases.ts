import type { ChatMedia } from '#libs/contracts/chat';
import { parseNumber } from '#libs/domain/numbers/index';
import { buttons, choices, fit, list, text } from '../replies.js';
import type { Talk } from '../talk.js';
import { ask, type CaseBrief, type RefusedEffect, type Turn } from '../types.js';
import { plainAnswer } from '../words.js';
import { showMenu } from './menu.js';

const MOST_ROWS = 10;
const QUOTED = 300;

export function* showCases(talk: Talk): Turn<void> {
  const { t } = talk;
  const cases = yield* ask({ do: 'cases' });
  talk.go({ at: 'cases' });
  if (cases.length === 0) return talk.say(t.casesNone);
  const rows = cases.slice(0, MOST_ROWS).map(({ number, matter, state }) => ({
    id: `v1:case:${number}`,
    title: number,
    description: `${matter} · ${t.state[state]}`,
  }));
  talk.say(list(t.cases, t.casesOpen, rows));
}

export function* onCases(talk: Talk, words: string): Turn<void> {
  if (yield* numberIn(talk, words)) return;
  talk.say(talk.t.notUnderstood);
  yield* showCases(talk);
}

/** Shows the case whose number was written; false when it was no number at all. */
export function* numberIn(talk: Talk, words: string): Turn<boolean> {
  const parsed = parseNumber(words);
  if (parsed.ok) {
    yield* showCase(talk, parsed.number);
    return true;
  }
  if (parsed.problem === 'check_digit') {
    talk.say(talk.t.caseBadDigit);
    return true;
  }
  return false;
}

export function* showCase(talk: Talk, number: string): Turn<void> {
  const { t } = talk;
  const found = yield* ask({ do: 'find', number });
  if (!found.ok) {
    talk.say(t.caseNotFound);
    return yield* showCases(talk);
  }
  const { brief } = found;
  talk.go({ at: 'case', number: brief.number });
  const rows = actionsFor(talk, brief);
  const body = describe(talk, brief);
  talk.say(rows.length === 0 ? text(body) : choices(body, t.caseOpen, rows));
}

export function describe(talk: Talk, brief: CaseBrief): string {
  const { t } = talk;
  const open = brief.state !== 'closed';
  return [
    `${brief.number} · ${brief.matter}`,
    t.wardName(brief.ward),
    t.caseState(t.state[brief.state]),
    ...(open ? [brief.office ? t.caseWith(brief.office) : t.caseNobody] : []),
    ...(open && brief.due ? [t.caseDue(brief.due)] : []),
    ...(brief.question ? [t.caseQuestion(fit(brief.question, QUOTED))] : []),
    ...(brief.answer ? [t.caseAnswer(fit(brief.answer, QUOTED))] : []),
    talk.world.link(brief.number),
  ].join('\n');
}

function actionsFor({ t }: Talk, { number, allowed }: CaseBrief): { id: string; title: string }[] {
  const can = new Set(allowed);
  return [
    ...(can.has('rate') ? [{ id: `v1:rate:${number}`, title: t.actRate }] : []),
    ...(can.has('answer') ? [{ id: `v1:answer:${number}`, title: t.actAnswer }] : []),
    ...(can.has('comment') || can.has('attach') ? [{ id: `v1:add:${number}`, title: t.actAdd }] : []),
    ...(can.has('withdraw') ? [{ id: `v1:withdraw:${number}`, title: t.actWithdraw }] : []),
    ...(can.has('unfollow') ? [{ id: `v1:unfollow:${number}`, title: t.actUnfollow }] : []),
  ];
}

export function refused(talk: Talk, { status, state }: RefusedEffect): void {
  const { t } = talk;
  talk.say(status === 404 || !state ? t.caseNotFound : t.notPossible(t.state[state]));
}

// Answering an officer

export function* askAnswer(talk: Talk, number: string): Turn<void> {
  const found = yield* ask({ do: 'find', number });
  if (!found.ok) {
    refused(talk, found);
    return showMenu(talk);
  }
  if (!found.brief.allowed.includes('answer')) {
    talk.say(talk.t.notPossible(talk.t.state[found.brief.state]));
    return showMenu(talk);
  }
  const { question } = found.brief;
  talk.go({ at: 'answer', number: found.brief.number });
  talk.say(question ? talk.t.answer(fit(question, QUOTED)) : talk.t.answerPlain);
}

export function checkAnswer(talk: Talk, number: string, words: string): void {
  const { t } = talk;
  talk.go({ at: 'answer', number, text: words });
  talk.say(
    buttons(
      `${t.answerCheck(number)}\n\n"${fit(words, QUOTED)}"`,
      { id: `v1:answer:${number}:yes`, title: t.answerYes },
      { id: `v1:answer:${number}:no`, title: t.answerNo },
    ),
  );
}

export function* onAnswer(talk: Talk, step: { number: string; text?: string }, words: string): Turn<void> {
  if (step.text === undefined) return yield* giveAnswer(talk, step.number, words);
  const reply = plainAnswer(words);
  if (reply === 'yes') return yield* giveAnswer(talk, step.number, step.text);
  if (reply === 'no') return showMenu(talk);
  // More of the same answer.
  checkAnswer(talk, step.number, `${step.text}\n${words}`);
}

export function* giveAnswer(
  talk: Talk,
  number: string,
  words: string,
  attachments: readonly string[] = [],
): Turn<void> {
  const body = { text: words, ...(attachments.length > 0 ? { attachments } : {}) };
  const result = yield* ask({ do: 'command', number, command: 'answer', body });
  if (result.ok) talk.say(talk.t.answered);
  else refused(talk, result);
  talk.go({ at: 'menu' });
}

export function* answerWithMedia(talk: Talk, number: string, media: ChatMedia): Turn<void> {
  const kept = yield* keep(talk, media);
  if (!kept) return;
  const words = media.caption?.trim() || (media.kind === 'audio' ? talk.t.reviewVoice : talk.t.reviewPhotos);
  yield* giveAnswer(talk, number, words, [kept]);
}

function* keep(talk: Talk, media: ChatMedia): Turn<string | null> {
  const { mediaProblem } = talk.t;
  const usable = ['image', 'audio', 'document'].includes(media.kind);
  if (!usable) {
    talk.say(mediaProblem.not_supported);
    return null;
  }
  const kept = yield* ask({ do: 'keep', media, as: media.kind === 'audio' ? 'voice' : 'photo' });
  if (kept.ok) return kept.id;
  talk.say(mediaProblem[kept.problem]);
  return null;
}

// Adding to a case

export function askAdd(talk: Talk, number: string): void {
  talk.go({ at: 'add', number, photos: 0 });
  talk.say(talk.t.add);
}

export function* onAdd(talk: Talk, number: string, words: string): Turn<void> {
  if (plainAnswer(words) === 'skip') return showMenu(talk);
  const result = yield* ask({ do: 'command', number, command: 'comment', body: { text: words } });
  if (result.ok) return talk.say(talk.t.added);
  refused(talk, result);
  talk.go({ at: 'menu' });
}

export function* addMedia(talk: Talk, number: string, media: ChatMedia): Turn<void> {
  const kept = yield* keep(talk, media);
  if (!kept) return;
  const result = yield* ask({ do: 'command', number, command: 'attach', body: { attachments: [kept] } });
  if (!result.ok) {
    refused(talk, result);
    return talk.go({ at: 'menu' });
  }
  if (media.caption?.trim()) return yield* onAdd(talk, number, media.caption.trim());
  talk.say(talk.t.added);
}

// Taking a complaint back

export function askWithdraw(talk: Talk, number: string): void {
  const { t } = talk;
  talk.go({ at: 'withdraw', number });
  talk.say(
    buttons(
      t.withdraw(number),
      { id: `v1:withdraw:${number}:yes`, title: t.yes },
      { id: `v1:withdraw:${number}:no`, title: t.no },
    ),
  );
}

export function* onWithdraw(talk: Talk, number: string, words: string): Turn<void> {
  const answer = plainAnswer(words);
  if (answer === 'yes') return yield* withdraw(talk, number);
  if (answer === 'no') return yield* showCase(talk, number);
  talk.say(talk.t.notUnderstood);
  askWithdraw(talk, number);
}

export function* withdraw(talk: Talk, number: string): Turn<void> {
  const result = yield* ask({ do: 'command', number, command: 'withdraw', body: {} });
  if (result.ok) talk.say(talk.t.withdrawn(number));
  else refused(talk, result);
  talk.go({ at: 'menu' });
}

export function* unfollow(talk: Talk, number: string): Turn<void> {
  const result = yield* ask({ do: 'command', number, command: 'unfollow', body: {} });
  if (result.ok) talk.say(talk.t.unfollowed);
  else refused(talk, result);
  talk.go({ at: 'menu' });
}
