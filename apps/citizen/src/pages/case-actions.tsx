import type { CaseView } from '#libs/contracts/api/views.js';
import type { ComponentChildren } from 'preact';
import { Fault, PhotoFields, TextArea, type Faults } from '../parts/fields.js';
import type { Visit } from '../portal/context.js';
import type { CaseAction, CaseForm } from '../portal/intent.js';
import type { Told } from '../portal/telling.js';

interface ActionProps {
  visit: Visit;
  view: CaseView;
  form: CaseForm | null;
  faults: Faults;
}

/** A form that gives one command; what was typed stays in it when it comes back. */
function ActionForm({
  visit,
  view,
  form,
  action,
  files,
  children,
}: {
  visit: Visit;
  view: CaseView;
  form: CaseForm | null;
  action: CaseAction;
  files?: boolean;
  children: ComponentChildren;
}) {
  const key = form?.action === action ? form.key : visit.newKey();
  return (
    <form
      method="post"
      action={`/c/${view.number}/${action}`}
      novalidate
      {...(files ? { enctype: 'multipart/form-data' as const } : {})}
    >
      <input type="hidden" name="form" value={visit.formToken} />
      <input type="hidden" name="key" value={key} />
      <input
        type="hidden"
        name="kept"
        value={visit.seal.close({ key, photos: form?.action === action ? form.photos : [] })}
      />
      {children}
    </form>
  );
}

function typed(form: CaseForm | null, action: CaseAction, field: string): string {
  return form?.action === action ? (form.fields[field] ?? '') : '';
}

/** The one thing that waits for the reader. */
export function MainAction({ visit, view, told, form, faults }: ActionProps & { told: Told }) {
  if (view.allowed.includes('answer'))
    return <Answer visit={visit} view={view} told={told} form={form} faults={faults} />;
  if (view.allowed.includes('rate')) return <Rate visit={visit} view={view} form={form} faults={faults} />;
  return null;
}

function Answer({ visit, view, told, form, faults }: ActionProps & { told: Told }) {
  const { words } = visit;
  return (
    <section class="card main-card" aria-labelledby="answer-title">
      <h2 id="answer-title">{words.action.answerTitle}</h2>
      {told.question ? (
        <>
          <p>{words.case.asked}:</p>
          <blockquote class="written question">{told.question}</blockquote>
        </>
      ) : null}
      <ActionForm visit={visit} view={view} form={form} action="answer" files>
        <TextArea
          name="text"
          label={words.action.answer}
          value={typed(form, 'answer', 'text')}
          fault={form?.action === 'answer' ? faults['text'] : undefined}
          words={words}
          rows={4}
        />
        <PhotoFields words={words} fault={form?.action === 'answer' ? faults['photos'] : undefined} />
        <button class="main wide">{words.action.sendAnswer}</button>
      </ActionForm>
    </section>
  );
}

function Rate({ visit, view, form, faults }: ActionProps) {
  const { words } = visit;
  const { action } = words;
  const chosen = typed(form, 'rate', 'rating');
  return (
    <section class="card main-card" aria-labelledby="rate-title">
      <h2 id="rate-title">{view.state === 'rejected' ? action.rateRejectedTitle : action.rateTitle}</h2>
      <ActionForm visit={visit} view={view} form={form} action="rate">
        <RatingFields visit={visit} rating={chosen} remarks={typed(form, 'rate', 'remarks')} faults={faults} />
        <button class="main wide">{action.rate}</button>
      </ActionForm>
    </section>
  );
}

/** One to five stars, and a word more. */
export function RatingFields({
  visit,
  rating,
  remarks,
  faults,
}: {
  visit: Visit;
  rating: string;
  remarks: string;
  faults: Faults;
}) {
  const { words } = visit;
  const { action } = words;
  const fault = faults['rating'];
  return (
    <>
      <fieldset class={fault ? 'field stars wrong' : 'field stars'} id="rating" tabindex={-1}>
        <legend>{action.rating}</legend>
        <Fault name="rating" text={fault} />
        {action.stars.map((word, index) => (
          <label class="choice star">
            <input type="radio" name="rating" value={index + 1} checked={rating === String(index + 1)} />
            <span class="star-signs" aria-hidden="true">
              {'★'.repeat(index + 1)}
              <span class="faint">{'★'.repeat(4 - index)}</span>
            </span>
            <span>{action.star(words.count(index + 1), word)}</span>
          </label>
        ))}
        <p class="hint">{action.lowHint}</p>
      </fieldset>
      <TextArea
        name="remarks"
        label={action.remarks}
        hint={action.remarksHint}
        optional
        value={remarks}
        fault={faults['remarks']}
        words={words}
        rows={3}
      />
    </>
  );
}

/** What is seldom wanted, folded away. */
export function MoreActions({ visit, view, form, faults }: ActionProps) {
  const { words } = visit;
  const { action } = words;
  const may = (name: CaseView['allowed'][number]) => view.allowed.includes(name);
  const open = (name: CaseAction) => form?.action === name;
  const fault = (name: CaseAction, field: string) => (open(name) ? faults[field] : undefined);
  if (!['comment', 'reopen', 'withdraw', 'unfollow'].some((name) => view.allowed.some((each) => each === name))) {
    return null;
  }
  return (
    <section aria-labelledby="more" class="more">
      <h2 id="more">{words.case.more}</h2>
      {may('comment') ? (
        <details open={open('add')}>
          <summary>{action.commentTitle}</summary>
          <ActionForm visit={visit} view={view} form={form} action="add" files>
            <TextArea
              name="comment"
              label={action.comment}
              value={typed(form, 'add', 'comment')}
              fault={fault('add', 'comment')}
              words={words}
              rows={4}
            />
            <PhotoFields words={words} fault={fault('add', 'add-photos')} prefix="add-" />
            <button class="main">{action.sendComment}</button>
          </ActionForm>
        </details>
      ) : null}
      {may('reopen') ? (
        <details open={open('reopen')}>
          <summary>{action.reopenTitle}</summary>
          <ActionForm visit={visit} view={view} form={form} action="reopen">
            <TextArea
              name="reason"
              label={action.reason}
              value={typed(form, 'reopen', 'reason')}
              fault={fault('reopen', 'reason')}
              words={words}
              rows={3}
            />
            <button class="main">{action.reopen}</button>
          </ActionForm>
        </details>
      ) : null}
      {may('withdraw') ? (
        <details open={open('withdraw')}>
          <summary>{action.withdrawTitle}</summary>
          <p>{action.withdrawLead}</p>
          <ActionForm visit={visit} view={view} form={form} action="withdraw">
            <TextArea
              name="why"
              label={action.withdrawReason}
              optional
              value={typed(form, 'withdraw', 'why')}
              fault={fault('withdraw', 'why')}
              words={words}
              rows={2}
            />
            <button class="danger">{action.withdraw}</button>
          </ActionForm>
        </details>
      ) : null}
      {may('unfollow') ? (
        <ActionForm visit={visit} view={view} form={form} action="unfollow">
          <button class="second">{action.unfollow}</button>
        </ActionForm>
      ) : null}
    </section>
  );
}

/** For a case that is not the reader's: to follow it, or to come in by another number. */
export function UnknownCase({ visit, number }: { visit: Visit; number: string }) {
  const { words } = visit;
  return (
    <div class="wrap narrow">
      <h1>{words.case.none}</h1>
      <p class="lead">{words.case.noneLead(number.replace(/-/g, ' '))}</p>
      <section class="card">
        <p>{words.case.followLead}</p>
        <form method="post" action={`/c/${number}/follow`}>
          <input type="hidden" name="form" value={visit.formToken} />
          <input type="hidden" name="key" value={visit.newKey()} />
          <button class="second">{words.action.follow}</button>
        </form>
      </section>
      <form method="post" action="/code/other">
        <input type="hidden" name="form" value={visit.formToken} />
        <input
          type="hidden"
          name="state"
          value={visit.seal.close({ intent: { kind: 'go', path: `/c/${number}` }, mobile: null })}
        />
        <button class="second">{words.case.otherMobile}</button>
      </form>
    </div>
  );
}
