import { tmpdir } from 'node:os';
import { Client, Connection } from '@temporalio/client';
import { contactHash, deriveKeys } from '#libs/config/keys';
import {
  conversationWorkflowId,
  grievanceWorkflowId,
  TASK_QUEUE,
  WORKFLOW_TYPES,
} from '#libs/contracts/temporal/names';
import { formatNumber } from '#libs/domain/numbers/grievance-number';
import { MastersService } from '#libs/masters/masters.service';
import {
  CitizenEntity,
  FollowerEntity,
  GrievanceEntity,
  GrievanceEventEntity,
  GrievanceWordEntity,
  NotificationEntity,
} from '#libs/persistence/entities/index';
import { dataConverterFor } from '#libs/temporal/data-converter';
import { createSenders } from '#libs/channels/senders';
import { useCluster } from '#libs/testing/cluster';
import { describeOnEachEngine } from '#libs/testing/database';
import { buildCity, CITY, CityCase, officer, type CitizenOfCity } from '#libs/testing/small-city';
import { freePort } from '#libs/testing/temporal';
import { createCaseRecordActivities } from './case-record.activities.js';

const keys = deriveKeys('a secret for tests');
const SITE = 'https://kmc.example.in';

const cluster = useCluster(keys);
let next = 0;

describeOnEachEngine('the record of a step', (db) => {
  beforeAll(() => buildCity(db.sources));

  const activities = (temporal = cluster.client) =>
    createCaseRecordActivities({
      sources: db.sources,
      unitOfWork: db.uow,
      masters: new MastersService(db.sources),
      client: temporal,
      senders: createSenders({ dataDir: tmpdir() }),
      keys,
      site: SITE,
    });

  function citizen(more: Partial<CitizenOfCity> = {}): CitizenOfCity {
    const mobile = `+9198300${String(++next).padStart(5, '0')}`;
    return { id: contactHash(keys, mobile), mobile, name: 'রহিমা বিবি 🙂', ...more };
  }
  function caseOf(filer: CitizenOfCity | null): CityCase {
    return new CityCase(formatNumber('KMC', 26, ++next), filer);
  }
  const read = () => db.sources.read.manager;
  const row = (number: string) => read().findOneByOrFail(GrievanceEntity, { number });
  const events = (number: string) => read().find(GrievanceEventEntity, { where: { number }, order: { seq: 'ASC' } });
  const messages = (number: string) =>
    read().find(NotificationEntity, { where: { number }, order: { seq: 'ASC', id: 'ASC' } });
  async function signalled(contact: string): Promise<string[]> {
    const handle = cluster.client.workflow.getHandle(conversationWorkflowId(CITY.root, contact));
    const history = await handle.fetchHistory();
    const payloads = (history.events ?? []).flatMap(
      (event) => event.workflowExecutionSignaledEventAttributes?.input?.payloads ?? [],
    );
    const codec = dataConverterFor(keys).payloadCodecs?.[0];
    const clear = (await codec?.decode(payloads)) ?? [];
    return clear.flatMap((payload) =>
      (JSON.parse(Buffer.from(payload.data ?? []).toString()) as { id: string }[]).map(({ id }) => id),
    );
  }

  it('is one whole: case, events, messages, citizen and words, Bengali and emoji intact', async () => {
    const filer = citizen();
    const grievance = caseOf(filer);
    const { number } = grievance.state;
    await activities().recordSteps([grievance.register()]);

    expect(await row(number)).toMatchObject({
      state: 'assigned',
      owner: 'WATER-LME-B10',
      category: 'WATER',
      version: 2,
      description: 'Tap is dry 🚰 — কলে জল নেই',
      citizenId: filer.id,
    });
    expect((await events(number)).map(({ seq, event }) => [seq, event])).toEqual([
      [1, 'registered'],
      [2, 'assigned'],
    ]);
    expect(await read().findOneByOrFail(CitizenEntity, { id: filer.id })).toMatchObject({
      tenant: CITY.root,
      mobile: filer.mobile,
      name: 'রহিমা বিবি 🙂',
    });
    expect(await read().existsBy(GrievanceWordEntity, { tenant: CITY.tenant, word: 'বাজারের', number })).toBe(true);
    const told = await messages(number);
    expect(told.map(({ template, channel, status }) => [template, channel, status]).sort()).toEqual([
      ['registered', 'sms', 'queued'],
      ['work_assigned', 'desk', 'delivered'],
      ['work_assigned', 'sms', 'queued'],
    ]);
    expect(told.find(({ template }) => template === 'registered')?.text).toContain('১০ নম্বর বরো');
  });

  it('wakes one conversation a contact, each with the ids of its messages', async () => {
    const filer = citizen();
    const grievance = caseOf(filer);
    const { number } = grievance.state;
    await activities().recordSteps([grievance.register(), grievance.resolve('কল সারানো হয়েছে ✅')]);
    const sms = (await messages(number)).filter(({ contact }) => contact === filer.id);
    expect(sms.map(({ template }) => template)).toEqual(['registered', 'resolved']);
    expect(await signalled(filer.id)).toEqual(sms.map(({ id }) => id));
    expect(await signalled(contactHash(keys, '+919001000001'))).toContain(
      (await messages(number)).find(({ template, channel }) => template === 'work_assigned' && channel === 'sms')?.id,
    );
  });

  it('changes nothing when it is made again, at once or later', async () => {
    const grievance = caseOf(citizen());
    const { number } = grievance.state;
    const steps = [grievance.register(), grievance.resolve('Done'), grievance.rate(2, 'Still dry')];
    for (const step of steps) await activities().recordSteps([step]);
    const before = [await row(number), await events(number), await messages(number)];
    for (const step of steps) await activities().recordSteps([step]);
    await activities().recordSteps(steps);
    const [again, ...rest] = [await row(number), await events(number), await messages(number)];
    expect(rest).toEqual(before.slice(1));
    expect({ ...again, updatedAt: 0 }).toEqual({ ...before[0], updatedAt: 0 });
  });

  it('keeps the newest state and gapless events when steps come out of order', async () => {
    const grievance = caseOf(citizen());
    const { number } = grievance.state;
    const registered = grievance.register();
    const resolved = grievance.resolve('Done');
    const reopened = grievance.rate(1);
    for (const step of [registered, reopened, resolved]) await activities().recordSteps([step]);
    expect(await row(number)).toMatchObject({ state: 'reopened', version: grievance.state.version, reopens: 1 });
    expect((await events(number)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is made once by many at the same moment', async () => {
    const cases = Array.from({ length: 6 }, () => caseOf(citizen()));
    const steps = cases.map((each) => [each.register(), each.resolve('Done'), each.rate(5)]);
    await Promise.all(steps.flatMap((life) => [life, life, life]).map((life) => activities().recordSteps(life)));
    for (const { state } of cases) {
      expect(await row(state.number)).toMatchObject({ state: 'closed', outcome: 'satisfied', version: state.version });
      expect((await events(state.number)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
      const filerHears = (await messages(state.number)).filter(({ contact }) => `citizen:${contact}` === state.filer);
      expect(filerHears.map(({ template }) => template).sort()).toEqual(['closed', 'registered', 'resolved']);
    }
  });

  it('says so when the filer left no contact', async () => {
    const grievance = caseOf(null);
    const { number } = grievance.state;
    await activities().recordSteps([grievance.register()]);
    expect((await messages(number)).map(({ template }) => template)).not.toContain('registered');
    expect((await events(number)).map(({ data }) => data['noContact'])).toContain(true);
  });

  it('tells followers in their own language, the filer in that of the case', async () => {
    const [filer, follower] = [citizen({ locale: 'en' }), citizen({ locale: 'hi' })];
    await activities().recordSteps([caseOf(follower).register()]);
    const grievance = caseOf(filer);
    const { number } = grievance.state;
    await activities().recordSteps([grievance.register()]);
    await activities().recordSteps([caseOf({ ...filer, locale: 'bn' }).register()]);
    await activities().recordSteps([grievance.followedBy(`citizen:${follower.id}`)]);
    expect(await read().findOneByOrFail(FollowerEntity, { number })).toMatchObject({
      citizenId: follower.id,
      mobile: follower.mobile,
    });
    await activities().recordSteps([grievance.resolve('Done')]);
    const told = (await messages(number)).filter(({ template }) => template === 'resolved');
    expect(told.map(({ toAddress, locale }) => [toAddress, locale]).sort()).toEqual(
      [
        [filer.mobile, 'en'],
        [follower.mobile, 'hi'],
      ].sort(),
    );
  });

  it('lets the citizens of a duplicate follow the other case', async () => {
    const [filer, follower] = [citizen(), citizen()];
    const [kept, duplicate] = [caseOf(citizen()), caseOf(filer)];
    const running = await cluster.client.workflow.start(WORKFLOW_TYPES.grievance, {
      workflowId: grievanceWorkflowId(CITY.tenant, kept.state.number),
      taskQueue: TASK_QUEUE,
    });
    const other = { number: kept.state.number, tenant: CITY.tenant, open: true };
    const body = { of: other.number, other };
    await activities().recordSteps([duplicate.register(), duplicate.followedBy(`citizen:${follower.id}`)]);
    const marked = duplicate.give({ name: 'mark-duplicate', actor: officer('WATER-GRO'), body });
    await activities().recordSteps([marked]);
    const { events: history } = await running.fetchHistory();
    const signal = history?.find((event) => event.workflowExecutionSignaledEventAttributes);
    expect(signal?.workflowExecutionSignaledEventAttributes?.signalName).toBe('adopt');
    await running.terminate('over');
    await expect(activities().recordSteps([marked])).resolves.toBe(marked.events.at(-1)?.at);
  });

  it('stands even if the conversations cannot be woken, and wakes them when it is made again', async () => {
    const dead = Connection.lazy({ address: `127.0.0.1:${await freePort()}`, connectTimeout: 300 });
    const nowhere = new Client({
      connection: dead,
      namespace: cluster.server.namespace,
      dataConverter: dataConverterFor(keys),
    });
    const filer = citizen();
    const step = caseOf(filer).register();
    const attempt = nowhere.withDeadline(Date.now() + 1000, () => activities(nowhere).recordSteps([step]));
    await expect(attempt).rejects.toThrow();
    expect((await row(step.state.number)).version).toBe(2);
    await activities().recordSteps([step]);
    expect(await signalled(filer.id)).toHaveLength(1);
    await dead.close();
  });

  it('is quick enough for a local activity', async () => {
    const record = activities();
    const steps = Array.from({ length: 40 }, () => caseOf(citizen()).register());
    const took: number[] = [];
    for (const step of steps) {
      const started = performance.now();
      await record.recordSteps([step]);
      took.push(performance.now() - started);
    }
    // A local activity that takes as long as this holds up every answer of its worker. The best quarter of them: what
    // other tests do to this machine meanwhile is not its doing.
    expect(took.sort((a, b) => a - b)[steps.length / 4]).toBeLessThan(150);
  });
});
