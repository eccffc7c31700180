import type { ChatContent } from '#libs/contracts/chat';
import type { TemplateId } from '#libs/domain/case/names';
import { answerButton, beginButton, ratingList } from '#libs/dialogue/messages';
import type { NotificationEntity } from '#libs/persistence/entities/index';

type Message = Pick<NotificationEntity, 'template' | 'number' | 'locale' | 'text'>;

/** Messages that ask how the work is. */
const ASK_FOR_RATING: readonly TemplateId[] = ['resolved', 'rejected', 'rating_reminder'];

/** What a messenger shows for a message that asks something; undefined: its text alone. */
export function shownAs({ template, number, locale, text }: Message): ChatContent | undefined {
  if (ASK_FOR_RATING.includes(template)) return ratingList(text, number, locale);
  if (template === 'missed_call') return beginButton(text, locale);
  return template === 'citizen_asked' ? answerButton(text, number, locale) : undefined;
}

/** Payloads of the quick reply with which the template of such a message was approved. */
export function quickRepliesOf({ template, number }: Message): readonly string[] | undefined {
  if (ASK_FOR_RATING.includes(template)) return [`v1:rate:${number}`];
  if (template === 'missed_call') return ['v1:menu:file'];
  return template === 'citizen_asked' ? [`v1:answer:${number}`] : undefined;
}
