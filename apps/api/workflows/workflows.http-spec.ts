import type { TroubledWorkflow, TroublePage } from '#libs/contracts/api/operation';
import type { CaseView } from '#libs/contracts/api/views';
import { grievanceWorkflowId, TASK_QUEUE, WORKFLOW_TYPES } from '#libs/contracts/temporal/names';
import { AuditEntity } from '#libs/persistence/entities/index';
import { startStack, type Stack } from '#libs/testing/stack';

let stack: Stack;
let admin: string;
let stateAdmin: string;
let healthy: string;
const STUCK = grievanceWorkflowId('KMC', 'KMC-26-0999999-9');
const FAILING = 'order/NOWHERE/lost';

beforeAll(async () => {
  stack = await startStack();
  admin = await stack.login('it-admin');
  stateAdmin = await stack.login('state-admin');
  const citizen = await stack.citizenToken('+919830012345');
  const complaint = { tenant: 'KMC', subCategory: 'WATER_NO_SUPPLY', ward: 92, description: 'No water' };
  const { body } = await stack.post<CaseView>('/api/v1/grievances', complaint, citizen);
  healthy = grievanceWorkflowId('KMC', (await stack.until(body.number, citizen, 'assigned')).number);
  const { workflow } = stack.temporal.client;
  const searchAttributes = { PratikarTenant: ['KMC'] };
  // Code that cannot read what it is given, and an order for a city that is not there.
  await workflow.start(WORKFLOW_TYPES.grievance, {
    workflowId: STUCK,
    taskQueue: TASK_QUEUE,
    args: [{}],
    searchAttributes,
  });
  const order = { order: 'lost', tenant: 'NOWHERE' };
  await workflow.start(WORKFLOW_TYPES.order, { workflowId: FAILING, taskQueue: TASK_QUEUE, args: [order] });
}, 120_000);
afterAll(async () => stack?.stop());

async function troubled(workflowId: string, query: string, token: string): Promise<TroubledWorkflow> {
  const giveUp = Date.now() + 45_000;
  for (;;) {
    const { status, body } = await stack.get<TroublePage>(`/api/v1/workflows${query}`, token);
    expect(status).toBe(200);
    const found = body.items.find((item) => item.workflowId === workflowId);
    if (found) return found;
    if (Date.now() > giveUp) throw new Error(`${workflowId} is not told: ${JSON.stringify(body)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const audited = (action: string) => stack.sources.read.manager.findBy(AuditEntity, { action });

describe('workflows in trouble', () => {
  it('are told with the activity that fails, how often, and by what', async () => {
    const found = await troubled(FAILING, '?state=failing', stateAdmin);
    expect(found).toMatchObject({
      type: 'housekeepingOrder',
      number: null,
      trouble: ['failing'],
      activities: [{ name: 'recomputeBatch', lastFailure: expect.stringMatching(/NOWHERE/) }],
    });
    expect(found.activities[0]?.attempt).toBeGreaterThanOrEqual(3);
  }, 60_000);

  it('leave the words of a failure sealed in Temporal', async () => {
    const handle = stack.temporal.client.workflow.getHandle(FAILING);
    const { pendingActivities } = (await handle.describe()).raw;
    const failure = pendingActivities?.[0]?.lastFailure;
    expect(failure).toMatchObject({ message: 'Encoded failure', stackTrace: '' });
    expect(failure?.encodedAttributes?.metadata).toHaveProperty('encryption-key-id');
    const stuck = await stack.temporal.client.workflow.getHandle(STUCK).fetchHistory();
    const failed = stuck.events?.find((event) => event.workflowTaskFailedEventAttributes);
    expect(failed?.workflowTaskFailedEventAttributes?.failure?.message).toBe('Encoded failure');
  });

  it('are told with the case whose code does not get on', async () => {
    const found = await troubled(STUCK, '?state=stuck', admin);
    expect(found).toMatchObject({ type: 'grievance', number: 'KMC-26-0999999-9', trouble: ['stuck'] });
    expect(found.task?.attempt).toBeGreaterThanOrEqual(3);
  }, 60_000);

  it('leave the healthy ones out, and show each administrator those of their own cities', async () => {
    const all = async (token: string) => (await stack.get<TroublePage>('/api/v1/workflows', token)).body;
    expect((await all(admin)).items.map(({ workflowId }) => workflowId)).toEqual([STUCK]);
    expect((await all(admin)).examined).toBe(2);
    const root = (await all(stateAdmin)).items.map(({ workflowId }) => workflowId);
    expect(root).toEqual(expect.arrayContaining([STUCK, FAILING]));
    expect(root).not.toContain(healthy);
    expect(await all(await stack.login('ndp-admin'))).toMatchObject({ items: [], examined: 0 });
    expect((await stack.get('/api/v1/workflows', await stack.login('water-gro'))).status).toBe(403);
    expect((await stack.get('/api/v1/workflows?state=happy', admin)).status).toBe(422);
    expect((await stack.get('/api/v1/workflows?cursor=bnVsbA', admin)).status).toBe(422);
  });

  it('can be woken for a reason that is kept, which changes nothing about the case', async () => {
    const number = healthy.split('/')[2] ?? '';
    const view = async () => (await stack.get<CaseView>(`/api/v1/grievances/${number}`, admin)).body;
    const before = await view();
    const body = { workflowId: healthy, reason: 'The officer waits' };
    expect((await stack.post('/api/v1/workflows/wake', body, admin)).status).toBe(202);
    expect(await audited('workflow_woken')).toMatchObject([
      { actor: 'user:it-admin', subject: healthy, detail: { reason: 'The officer waits' } },
    ]);
    const handle = stack.temporal.client.workflow.getHandle(healthy);
    expect((await handle.fetchHistory()).events?.some((event) => event.workflowExecutionSignaledEventAttributes)).toBe(
      true,
    );
    expect(await view()).toEqual(before);
  });

  it('are never terminated, and who wanted to is kept', async () => {
    const refused = await stack.post('/api/v1/workflows/terminate', { workflowId: healthy, reason: 'Enough' }, admin);
    expect(refused).toMatchObject({ status: 409, body: { code: 'not_offered' } });
    expect(await audited('workflow_termination_refused')).toMatchObject([{ detail: { reason: 'Enough' } }]);
    expect((await stack.temporal.client.workflow.getHandle(healthy).describe()).status.name).toBe('RUNNING');
  });

  it.each([
    ['of another city', 'ndp-admin', () => healthy, 404],
    ['that do not run', 'it-admin', () => grievanceWorkflowId('KMC', 'KMC-26-0888888-8'), 404],
    ['that are none of ours', 'it-admin', () => 'housekeeping/archive', 404],
    ['as an auditor', 'auditor', () => healthy, 403],
    ['as an officer', 'water-gro', () => healthy, 403],
  ])('%s are not woken by %s', async (_what, username, workflowId, status) => {
    const body = { workflowId: workflowId(), reason: 'Please' };
    expect((await stack.post('/api/v1/workflows/wake', body, await stack.login(username))).status).toBe(status);
  });

  it('are not woken without a reason', async () => {
    expect((await stack.post('/api/v1/workflows/wake', { workflowId: healthy }, admin)).status).toBe(422);
  });
});
