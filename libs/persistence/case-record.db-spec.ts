import { caseEvent, laterStep, registrationStep } from '#libs/testing/case-steps';
import { describeOnEachEngine } from '#libs/testing/database';
import { writeSteps, type CaseStep } from './case-record.js';
import {
  AttachmentEntity,
  CitizenEntity,
  FollowerEntity,
  GrievanceEntity,
  GrievanceEventEntity,
  GrievanceWordEntity,
  NotificationEntity,
} from './entities/index.js';

describeOnEachEngine('the record of a case', (db) => {
  const write = (...steps: CaseStep[]) => db.uow.run((em) => writeSteps(em, steps, 1));
  const row = (number: string) => db.sources.read.manager.findOneByOrFail(GrievanceEntity, { number });
  const seqs = async (number: string) =>
    (await db.sources.read.manager.find(GrievanceEventEntity, { where: { number }, order: { seq: 'ASC' } })).map(
      (each) => each.seq,
    );
  const everything = async (number: string) => ({
    row: await row(number),
    events: await db.sources.read.manager.find(GrievanceEventEntity, { where: { number }, order: { seq: 'ASC' } }),
    notifications: await db.sources.read.manager.find(NotificationEntity, { where: { number }, order: { id: 'ASC' } }),
    followers: await db.sources.read.manager.find(FollowerEntity, { where: { number }, order: { person: 'ASC' } }),
    words: await db.sources.read.manager.find(GrievanceWordEntity, { where: { number }, order: { word: 'ASC' } }),
  });

  test('keeps what was registered, with its citizen and its words', async () => {
    const number = 'KMC-26-0000001-0';
    const description = 'জল আসছে না 🚱 since Monday';
    await write(registrationStep(number, {}, description));
    expect(await row(number)).toMatchObject({
      tenant: 'KMC',
      state: 'registered',
      stage: 0,
      category: 'WATER',
      description,
      locale: 'bn',
      lat: 22.5,
      landmark: 'near the post office',
      citizenId: 'abc',
      citizenMobile: '+919800000001',
      registrationKey: `key-${number}`,
      version: 1,
      hideComplainant: false,
      snapshot: { number, rules: { gro: 'WATER-GRO' } },
    });
    const citizen = await db.sources.read.manager.findOneByOrFail(CitizenEntity, { id: 'abc' });
    expect(citizen).toMatchObject({ tenant: 'WB', name: 'রীতা সেন', mobile: '+919800000001' });
    const { words } = await everything(number);
    expect(words.map((each) => each.word)).toEqual(expect.arrayContaining(['জল', 'আসছে', 'monday', 'office']));
  });

  test('a repeated step changes nothing', async () => {
    const number = 'KMC-26-0000002-0';
    const steps = [registrationStep(number), laterStep(number, 2, { state: 'assigned', owner: 'WATER-LME-1' })];
    await write(...steps);
    const before = await everything(number);
    await write(...steps);
    for (const step of steps) await write(step);
    expect(await everything(number)).toEqual(before);
  });

  test('a step that the workflow lost and took again stands as it was taken again, also when the lost one comes late', async () => {
    const number = 'KMC-26-0000031-0';
    await write(registrationStep(number), laterStep(number, 2, { state: 'assigned', owner: 'WATER-LME-1' }));
    const at = (step: CaseStep, takenAt: number, time: number, text: string): CaseStep => ({
      ...step,
      record: { ...step.record, takenAt, events: step.record.events.map((each) => ({ ...each, at: time, text })) },
    });
    // Of two commands the one given first came second: what counts is when the workflow took them.
    const lost = at(laterStep(number, 3, { state: 'resolved', remarks: 'lost', resolvedAt: 50 }), 50, 49, 'lost');
    const taken = at(laterStep(number, 3, { state: 'rejected', remarks: 'again', resolvedAt: null }), 60, 48, 'again');
    const record = (step: CaseStep, now: number) => db.uow.run((em) => writeSteps(em, [step], now));
    await record(lost, 55);
    await record(taken, 65);
    const now = await everything(number);
    expect(now.row).toMatchObject({ version: 3, state: 'rejected', remarks: 'again', resolvedAt: null });
    expect(now.events.map(({ seq, text, at: time }) => [seq, text, time]).at(-1)).toEqual([3, 'again', 48]);
    await record(lost, 75);
    expect(await everything(number)).toEqual(now);
  });

  test('steps recorded in the wrong order leave the newest state and every event', async () => {
    const number = 'KMC-26-0000003-0';
    await write(laterStep(number, 3, { state: 'resolved', owner: 'WATER-LME-1', resolvedAt: 7, remarks: 'fixed' }));
    await write(laterStep(number, 2, { state: 'assigned', owner: 'WATER-LME-1' }));
    await write(registrationStep(number));
    expect(await row(number)).toMatchObject({
      version: 3,
      state: 'resolved',
      stage: 1,
      remarks: 'fixed',
      description: 'Pipe leaks',
      citizenName: 'রীতা সেন',
    });
    expect(await seqs(number)).toEqual([1, 2, 3]);
  });

  test('an older step does not take back what a message has become', async () => {
    const number = 'KMC-26-0000004-0';
    await write(registrationStep(number));
    await db.uow.run((em) => em.update(NotificationEntity, { number }, { status: 'delivered', deliveredAt: 5 }));
    await write(registrationStep(number));
    const { notifications } = await everything(number);
    expect(notifications).toMatchObject([{ status: 'delivered', deliveredAt: 5 }]);
  });

  test('fifty steps at once, each of them twice, leave no gap and no double', async () => {
    const number = 'KMC-26-0000005-0';
    const steps = [registrationStep(number), ...Array.from({ length: 49 }, (_, i) => laterStep(number, i + 2))];
    await Promise.all([...steps, ...steps.toReversed()].map((step) => write(step)));
    expect(await seqs(number)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(await row(number)).toMatchObject({ version: 50, description: 'Pipe leaks' });
    expect((await everything(number)).notifications).toHaveLength(50);
  });

  test('followers are those of the newest state', async () => {
    const number = 'KMC-26-0000006-0';
    await write(registrationStep(number));
    const following = (version: number, followers: string[], event: 'followed' | 'unfollowed') => {
      const step = laterStep(number, version, { followers });
      return { ...step, record: { ...step.record, events: [caseEvent(version, { event })] } };
    };
    const followed = {
      ...following(2, ['citizen:f1', 'citizen:f2'], 'followed'),
      followers: [{ citizenId: 'f1', mobile: '+911', locale: 'hi' as const }],
    };
    await write(followed);
    expect((await everything(number)).followers).toMatchObject([
      { citizenId: 'f1', mobile: '+911', locale: 'hi' },
      { citizenId: 'f2', mobile: null },
    ]);
    await write(following(3, ['citizen:f2'], 'unfollowed'));
    await write(followed);
    expect((await everything(number)).followers.map((each) => each.person)).toEqual(['citizen:f2']);
    expect(await row(number)).toMatchObject({ followers: 1 });
  });

  test('uploads become those of the case once, as complaint or as evidence', async () => {
    const number = 'KMC-26-0000007-0';
    const upload = (id: string) => ({
      id,
      tenant: 'KMC',
      mime: 'image/jpeg',
      bytes: 1,
      sha256: 'x',
      path: id,
      lat: null,
      lon: null,
      uploadedBy: 'citizen:abc',
      number: null,
      kind: 'complaint' as const,
      createdAt: 1,
    });
    await db.uow.run((em) => em.insert(AttachmentEntity, [upload('u1'), upload('u2')]));
    const first = registrationStep(number);
    const attachments = [{ id: 'u1', mime: 'image/jpeg' }];
    const registration = first.record.registration && { ...first.record.registration, attachments };
    await write({ ...first, record: { ...first.record, ...(registration && { registration }) } });
    const answer = laterStep(number, 2, { state: 'resolved' });
    const events = [caseEvent(2, { event: 'resolved', data: { attachments: [{ id: 'u2', mime: 'image/jpeg' }] } })];
    await write({ ...answer, record: { ...answer.record, events } });
    const other = laterStep('KMC-26-0000008-0', 2);
    await write({
      ...other,
      record: { ...other.record, events: events.map((each) => ({ ...each, event: 'attached' as const })) },
    });
    const used = await db.sources.read.manager.find(AttachmentEntity, { order: { id: 'ASC' } });
    expect(used).toMatchObject([
      { id: 'u1', number, kind: 'complaint' },
      { id: 'u2', number, kind: 'evidence' },
    ]);
  });

  test('a later step is four statements and a registration five', async () => {
    const number = 'KMC-26-0000009-0';
    const statements: string[] = [];
    const { logger } = db.sources.write;
    const quiet = logger.logQuery;
    logger.logQuery = (query) => void statements.push(query);
    await write(registrationStep(number));
    const registration = statements.filter((each) => /^(INSERT|UPDATE|DELETE|SELECT)/.test(each)).length;
    statements.length = 0;
    await write(laterStep(number, 2));
    const later = statements.filter((each) => /^(INSERT|UPDATE|DELETE|SELECT)/.test(each)).length;
    logger.logQuery = quiet;
    expect({ registration, later }).toEqual({ registration: 5, later: 4 });
  });
});
