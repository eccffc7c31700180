import { FaultSummary, TextField, type Faults } from '../parts/fields.js';
import type { Visit } from '../portal/context.js';
import type { Intent } from '../portal/intent.js';
import { spokenMobile } from '../portal/names.js';
import { Notice } from '../parts/layout.js';

export interface CodeState {
  intent: Intent;
  /** Set once a code was sent there. */
  mobile: string | null;
  /** Somebody who was logged in before. */
  again?: boolean;
}

/** Proves a mobile number: first the number, then the code that was sent to it. */
export function CodePage({
  visit,
  state,
  typed,
  faults,
}: {
  visit: Visit;
  state: CodeState;
  typed: string;
  faults: Faults;
}) {
  const { words } = visit;
  const { code } = words;
  return (
    <div class="wrap narrow">
      <h1>{state.mobile === null ? code.title : code.sentTitle}</h1>
      <FaultSummary faults={faults} words={words} />
      {state.again ? (
        <Notice tone="info">
          <p>{code.sessionOver}</p>
        </Notice>
      ) : null}
      {state.mobile === null ? (
        <AskMobile visit={visit} state={state} typed={typed} faults={faults} />
      ) : (
        <AskCode visit={visit} state={state} mobile={state.mobile} faults={faults} />
      )}
    </div>
  );
}

function Hidden({ visit, state }: { visit: Visit; state: CodeState }) {
  return (
    <>
      <input type="hidden" name="form" value={visit.formToken} />
      <input type="hidden" name="state" value={visit.seal.close(state)} />
    </>
  );
}

function AskMobile({ visit, state, typed, faults }: { visit: Visit; state: CodeState; typed: string; faults: Faults }) {
  const { words } = visit;
  const { code } = words;
  return (
    <form method="post" action="/code/send" novalidate>
      <p class="lead">{code.lead}</p>
      <Hidden visit={visit} state={state} />
      <TextField
        name="mobile"
        label={code.mobile}
        hint={code.mobileHint}
        value={typed}
        fault={faults['mobile']}
        words={words}
        input={{ type: 'tel', inputmode: 'tel', autocomplete: 'tel-national', class: 'short' }}
      />
      <p class="hint">
        {code.consent} <a href="/pages/privacy">{words.site.privacy}</a>
      </p>
      <button class="main wide">{code.send}</button>
    </form>
  );
}

function AskCode({ visit, state, mobile, faults }: { visit: Visit; state: CodeState; mobile: string; faults: Faults }) {
  const { words } = visit;
  const { code } = words;
  return (
    <>
      <form method="post" action="/code/verify" novalidate>
        <p class="lead">{code.sent(spokenMobile(mobile))}</p>
        <Hidden visit={visit} state={state} />
        <TextField
          name="code"
          label={code.code}
          value=""
          fault={faults['code']}
          words={words}
          input={{ inputmode: 'numeric', autocomplete: 'one-time-code', class: 'short', maxlength: 12 }}
        />
        <button class="main wide">{state.intent.kind === 'lodge' ? code.verifyLodge : code.verify}</button>
      </form>
      <form method="post" action="/code/send" class="pair quiet">
        <Hidden visit={visit} state={state} />
        <input type="hidden" name="mobile" value={mobile} />
        <button class="second">{code.again}</button>
        <button class="second" formaction="/code/other">
          {code.otherNumber}
        </button>
      </form>
    </>
  );
}
