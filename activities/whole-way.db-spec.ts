import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { contactHash, deriveKeys } from '#libs/config/keys';
import { commandUpdates } from '#libs/contracts/temporal/grievance';
import { conversationWorkflowId, grievanceWorkflowId, TASK_QUEUE } from '#libs/contracts/temporal/names';
import type { CaseCommand } from '#libs/domain/case/types';
import { GrievanceEntity, NotificationEntity } from '#libs/persistence/entities/index';
import { openTestDatabase, type TestDatabase } from '#libs/testing/database';
import { buildCity, CITY, CITY_CALENDAR, CityCase, officer } from '#libs/testing/small-city';
import { createWorkflowBed, type WorkflowBed } from '#libs/testing/workflow-environment';
import { createActivities, type Activities } from './index.js';

const keys = deriveKeys('a secret for tests');
const mobile = '+919830012345';
const citizenId = contactHash(keys, mobile);
const citizen = { id: `citizen:${citizenId}`, roles: ['citizen'], posts: [] } as const;
const number = 'KMC-26-0000001-4';

/** Real workflows, real activities, real database; only the time is the test's. */
describe('a grievance on its whole way', () => {
  let db: TestDatabase;
  let bed: WorkflowBed;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whole-way-'));
    db = await openTestDatabase('sqlite');
    await buildCity(db.sources);
    // The worker needs the activities before the server is there that they speak to.
    let made: Activities | undefined;
    const activities = (): Activities =>
      (made ??= createActivities({
        settings: {
          publicUrl: 'https://kmc.example.in',
          dataDir: folder,
          demo: false,
          sms: { gateway: 'console', options: {} },
          media: { kind: 'folder', path: join(folder, 'media') },
          whatsapp: { apiUrl: 'http://127.0.0.1:1', apiUrlGiven: false, version: 'v26.0', mediaHosts: [], paceMs: 0 },
          smtpFrom: 'no-reply@kmc.example.in',
          secretKey: 'a secret key that only tests know, long enough',
          previousSecretKeys: [],
        },
        keys,
        sources: db.sources,
        client: bed.client,
      }));
    const late: Pick<Activities, 'recordSteps' | 'deliver'> = {
      recordSteps: (steps) => activities().recordSteps(steps),
      deliver: (contact, ids, attempt) => activities().deliver(contact, ids, attempt),
    };
    bed = await createWorkflowBed(late, { taskQueue: TASK_QUEUE });
  }, 120_000);
  afterAll(async () => {
    await bed.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });

  const outbox = async () =>
    (await readFile(join(folder, 'outbox.jsonl'), 'utf8').catch(() => ''))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { to: string; template: string; locale: string; text: string; case: string });
  async function heard(template: string, times = 1): Promise<{ text: string; locale: string }> {
    for (const giveUp = Date.now() + 25_000; Date.now() < giveUp; await sleep(50)) {
      const lines = (await outbox()).filter((line) => line.to === mobile && line.template === template);
      const last = lines[times - 1];
      if (last) return last;
    }
    throw new Error(`The citizen never heard "${template}"`);
  }

  it('tells the citizen in Bengali what happens, from registration to the closing order', async () => {
    const now = await bed.env.currentTimeMs();
    const grievance = new CityCase(number, { id: citizenId, mobile }, now);
    const state = grievance.state;
    const { registration } = grievance.register();
    const handle = await bed.client.workflow.start('grievance', {
      workflowId: grievanceWorkflowId(CITY.tenant, number),
      taskQueue: bed.taskQueue,
      args: [{ state, calendar: CITY_CALENDAR, registration }],
    });
    let given = 0;
    const give = (command: CaseCommand) => {
      const id = `update-${++given}`;
      return handle.executeUpdate(commandUpdates[command.name], {
        args: [{ command, id, bodyHash: id }],
      });
    };
    const resolve = (post: string, remarks: string) =>
      give({ name: 'resolve', actor: officer(post), body: { remarks } });
    const rate = (rating: number) => give({ name: 'rate', actor: citizen, body: { rating } });

    expect(await heard('registered')).toMatchObject({
      locale: 'bn',
      text: expect.stringContaining('সাব-অ্যাসিস্ট্যান্ট ইঞ্জিনিয়ার') as string,
    });
    await resolve('WATER-LME-B10', 'ভালভ বদলানো হয়েছে 🔧');
    expect((await heard('resolved')).text).toContain('ভালভ বদলানো হয়েছে 🔧');
    await rate(2);
    expect((await heard('reopened')).text).toContain('এগজিকিউটিভ ইঞ্জিনিয়ার');
    await resolve('WATER-EE-B10', 'নতুন পাইপ');
    await rate(1);
    await heard('reopened', 2);
    await resolve('WATER-GRO', 'শেষ উত্তর');
    expect((await heard('resolved', 3)).text).toContain('আর খোলা যাবে না');
    await rate(5);
    expect((await heard('closed')).text).toContain('ধন্যবাদ');
    await handle.result();

    const row = await db.sources.read.manager.findOneByOrFail(GrievanceEntity, { number });
    expect(row).toMatchObject({ state: 'closed', outcome: 'satisfied', reopens: 2 });
    const rows = await db.sources.read.manager.findBy(NotificationEntity, { number });
    expect(rows.filter(({ status }) => status === 'queued' || status === 'failed')).toEqual([]);
    const ids = (await outbox()).map((line) => (line as unknown as { id: string }).id);
    expect(new Set(ids).size).toBe(ids.length);
  }, 60_000);

  it('costs at most fourteen events of history for a delivered message', async () => {
    const handle = bed.client.workflow.getHandle(conversationWorkflowId(CITY.root, citizenId));
    const history = await handle.fetchHistory();
    const signals = history.events?.filter((event) => event.workflowExecutionSignaledEventAttributes) ?? [];
    expect(signals.length).toBeGreaterThan(0);
    expect((history.events?.length ?? 0) / signals.length).toBeLessThanOrEqual(14);
  });
});
