import { CodePage, type CodeState } from '../pages/code.js';
import type { Faults } from '../parts/fields.js';
import type { Visit } from './context.js';
import type { Intent } from './intent.js';
import { page } from './respond.js';

/** The page that asks for a number, or for the code sent to it; what was to be done waits in it, sealed. */
export function askCode(visit: Visit, state: CodeState, typed = '', faults: Faults = {}): Promise<Response> {
  const { code } = visit.words;
  return page(visit, {
    title: state.mobile === null ? code.title : code.sentTitle,
    children: <CodePage visit={visit} state={state} typed={typed} faults={faults} />,
    resend: { action: '/code', fields: { state: visit.seal.close(state) } },
  });
}

/** Asks for the number first; a visit that thought itself logged in is told why it is asked again. */
export function askNumber(visit: Visit, intent: Intent): Promise<Response> {
  const again = visit.loggedIn;
  if (again) visit.end();
  return askCode(visit, { intent, mobile: null, ...(again && intent.kind !== 'go' ? { again } : {}) });
}
