import type { CodeState } from '../pages/code.js';
import { ApiProblem } from './api.js';
import { askCode } from './ask-code.js';
import { carryOut as carryOutCase } from './case-routes.js';
import type { Visit } from './context.js';
import type { Form } from './form.js';
import type { Intent } from './intent.js';
import { lodge } from './lodge-routes.js';
import { latinDigits } from './names.js';
import { minutesOf, seeOther, stale } from './respond.js';

/** POST /code, /code/send, /code/other, /code/verify */
export async function codeRoutes(visit: Visit, step: string, form: Form): Promise<Response> {
  const state = visit.seal.open<CodeState>(form.text('state'));
  if (!state) return stale(visit);
  switch (step) {
    case '':
      return askCode(visit, state);
    case 'other':
      return askCode(visit, { intent: state.intent, mobile: null });
    case 'send':
      return send(visit, state, form.text('mobile'));
    default:
      return verify(visit, state, form.text('code'));
  }
}

async function send(visit: Visit, state: CodeState, typed: string): Promise<Response> {
  const { field, count } = visit.words;
  const mobile = latinDigits(typed);
  const asking = { ...state, mobile: null };
  try {
    if (mobile === '') return await askCode(visit, asking, typed, { mobile: field.mobile });
    await visit.api.sendCode(mobile);
    return await askCode(visit, { ...state, mobile });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status === 422) return askCode(visit, asking, typed, { mobile: field.mobile });
    if (error.status === 429)
      return askCode(visit, asking, typed, { mobile: field.tooManyCodes(count(minutesOf(error))) });
    if (error.code === 'message_not_sent') return askCode(visit, asking, typed, { mobile: field.codeNotSent });
    throw error;
  }
}

async function verify(visit: Visit, state: CodeState, typed: string): Promise<Response> {
  const { field } = visit.words;
  const { mobile } = state;
  if (mobile === null) return askCode(visit, state);
  const code = latinDigits(typed).replace(/\s/g, '');
  if (code === '') return askCode(visit, state, '', { code: field.codeMissing });
  try {
    const { token, expiresAt } = await visit.api.verifyCode(mobile, code);
    visit.begin(token, expiresAt);
  } catch (error) {
    if (!(error instanceof ApiProblem) || ![401, 422].includes(error.status)) throw error;
    return askCode(visit, state, '', { code: field.code });
  }
  return goOn(visit, state.intent);
}

function goOn(visit: Visit, intent: Intent): Promise<Response> {
  switch (intent.kind) {
    case 'lodge':
      return lodge(visit, intent.draft);
    case 'case':
      return carryOutCase(visit, intent.number, intent.form);
    case 'go':
      return Promise.resolve(seeOther(visit, intent.path));
  }
}
