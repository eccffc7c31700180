import { readFile } from 'node:fs/promises';
import {
  AuditEntity,
  DepartmentEntity,
  HoldingEntity,
  LegacyCaseEntity,
  PostEntity,
  TenantEntity,
} from '#libs/persistence/entities/index';
import { describeOnEachEngine } from '#libs/testing/database';
import { MastersService } from '../masters.service.js';
import { importSeed } from '../seed.js';
import { exportMaster } from './export-master.js';
import { importMaster } from './import-master.js';
import type { ImportReport, RowProblem } from '#libs/contracts/api/masters';
import type { ImportOptions } from './report.js';

const TENANT = 'KMC';
const told = ({ row, column, problem }: RowProblem): string => `${row} ${column} ${problem}`;

describeOnEachEngine('importing masters', (db) => {
  beforeAll(async () => {
    await importSeed(db.uow, 'deploy/seed/kolkata');
  }, 60_000);

  const run = (master: string, csv: string | Uint8Array, options: ImportOptions = {}): Promise<ImportReport> =>
    importMaster(db.uow, TENANT, master, csv, options);
  const mistakes = async (master: string, csv: string): Promise<string[]> => (await run(master, csv)).errors.map(told);
  const posts = (): Promise<number> => db.sources.read.manager.countBy(PostEntity, { tenant: TENANT });
  const version = async (): Promise<number> =>
    (await db.sources.read.manager.findOneByOrFail(TenantEntity, { code: TENANT })).mastersVersion;

  describe('a list of staff as departments send it', () => {
    let dirty: Uint8Array;
    beforeAll(async () => {
      dirty = await readFile('libs/masters/import/fixtures/dirty-staff.csv');
    });

    it('names every bad row with column and reason, and changes nothing', async () => {
      const before = [await posts(), await version()];
      const report = await run('staff', dirty);
      expect(report.errors.map(told)).toEqual([
        '4 Name required',
        '5 Mobile wrong_type',
        '6 Ward unknown',
        '7 Department unknown',
        '9 Ward ambiguous',
        '10 Name formula',
        '11 Designation unknown',
      ]);
      expect(report.errors[3]).toMatchObject({
        value: 'Sewarage & Drainage',
        expected: expect.stringContaining('did you mean DRAIN?'),
      });
      expect(report.warnings.map(told)).toContain('8 Mobile duplicate');
      expect(report).toMatchObject({ applied: false, rows: 10, good: 3, bad: 7 });
      expect([await posts(), await version()]).toEqual(before);
    });

    it('is refused as a whole when it is to be applied as it is', async () => {
      const before = [await posts(), await version()];
      expect(await run('staff', dirty, { apply: true })).toMatchObject({ applied: false, errorCount: 7 });
      expect([await posts(), await version()]).toEqual(before);
    });

    it('gives its good rows when asked for them, once', async () => {
      const before = await version();
      const report = await run('staff', dirty, { apply: true, takeGoodRows: true, by: 'user:it-admin' });
      expect(report).toMatchObject({ applied: true, good: 3, bad: 7, created: 3, errorCount: 7 });
      expect(report.warnings.map(told)).toContain('8 Mobile duplicate');
      const em = db.sources.read.manager;
      const made = await em.findBy(PostEntity, { tenant: TENANT, designation: 'Last Mile Employee' });
      expect(made.map(({ position, wards, categories }) => ({ position, wards, categories }))).toEqual([
        { position: 'WATER-LME-W81_89', wards: ['81', '89'], categories: ['WATER'] },
        { position: 'WATER-LME-W91-93', wards: ['91', '92', '93'], categories: ['WATER_DIRTY', 'WATER_LEAK'] },
      ]);
      expect(await em.findOneBy(HoldingEntity, { position: 'WATER-LME-W91-93' })).toMatchObject({
        person: 'Sub-Asst Engr B',
        mobile: '+919830012346',
      });
      expect(await em.findOneBy(PostEntity, { position: 'DRAIN-GRO-B10' })).toMatchObject({ role: 'gro' });
      expect(await version()).toBe(before + 1);
      expect(await em.findOneBy(AuditEntity, { action: 'import' })).toMatchObject({
        actor: 'user:it-admin',
        subject: 'staff',
      });
      const again = await run('staff', dirty, { apply: true, takeGoodRows: true });
      expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
      expect(await version()).toBe(before + 1);
    });
  });

  it('hands a post over without forgetting who held it', async () => {
    const head = 'position,designation,role,department,wards,holder,mobile\n';
    const row = 'PARKS-GRO,Deputy Manager,gro,PARKS,*,Asha Sen,98300 55555\n';
    expect(await run('positions', head + row, { apply: true })).toMatchObject({ updated: 1, created: 0 });
    const holdings = await db.sources.read.manager.find(HoldingEntity, {
      where: { position: 'PARKS-GRO' },
      order: { validFrom: 'ASC' },
    });
    expect(holdings.map(({ person, validTo }) => [person, validTo === null])).toEqual([
      ['Officer 239', false],
      ['Asha Sen', true],
    ]);
    expect(holdings[0]?.validTo).toBe(holdings[1]?.validFrom);
    expect(await run('positions', head + row, { apply: true })).toMatchObject({ updated: 0, unchanged: 1 });
  });

  it('keeps a leave to its dates, and reports a delegate that does not exist or is the same post', async () => {
    const head = 'position,designation,role,department,wards,delegate,delegate_from,delegate_to\n';
    const row = (rest: string): string => `${head}PARKS-LME-B1,Garden Overseer,lme,PARKS,1-9,${rest}\n`;
    await run('positions', row('PARKS-LME-B2,2030-01-05,2030-01-09'), { apply: true });
    const leave = await db.sources.read.manager.findOneByOrFail(HoldingEntity, {
      position: 'PARKS-LME-B1',
      kind: 'delegate',
    });
    expect(new Date(leave.validFrom).toISOString()).toBe('2030-01-04T18:30:00.000Z');
    expect(new Date(leave.validTo ?? 0).toISOString()).toBe('2030-01-09T18:30:00.000Z');
    expect(await mistakes('positions', row('PARKS-LME-B99,,'))).toEqual(['2 delegate unknown']);
    expect(await mistakes('positions', row('PARKS-LME-B1,,'))).toEqual(['2 delegate loop']);
    expect(await mistakes('positions', row('MARKET-LME-B7,,'))).toEqual(['2 delegate points_nowhere']);
    expect(await mistakes('positions', row('PARKS-LME-B2,2030-01-09,2030-01-05'))).toEqual([
      '2 delegate_to out_of_range',
    ]);
  });

  it('warns of two posts for the same work, and routes by the code meanwhile', async () => {
    const csv = 'position,designation,role,department,wards\nADVERT-LME-A,Inspector,lme,ADVERT,3\n';
    const { warnings } = await run('positions', csv);
    expect(warnings).toContainEqual(expect.objectContaining({ problem: 'ambiguous', value: 'ADVERT-LME-B1' }));
  });

  it('takes the old system’s cases as they are sent, a second time for what has changed since', async () => {
    const csv = [
      'Docket No,Complainant,Phone,Complaint Type,Details,State,Date,Closed on',
      'od/2023/0017,Mitali Sen,98300 12345,Water,Tap is dry,Pending,13-Jul-2023,',
      'OD/2023/0018,,,Drains,"Blocked, smells",Closed,2023-07-14,2023-07-20',
    ].join('\n');
    expect(await run('legacy', csv, { apply: true })).toMatchObject({ applied: true, created: 2 });
    const rows = await db.sources.read.manager.find(LegacyCaseEntity, { order: { number: 'ASC' } });
    expect(rows).toMatchObject([
      { number: 'OD/2023/0017', mobile: '+919830012345', status: 'Pending', closedAt: null },
      { number: 'OD/2023/0018', mobile: null, description: 'Blocked, smells' },
    ]);
    expect(new Date(rows[0]?.registeredAt ?? 0).toISOString()).toBe('2023-07-12T18:30:00.000Z');
    expect(await run('legacy', csv.replace('Pending', 'Closed'), { apply: true })).toMatchObject({
      updated: 1,
      unchanged: 1,
    });
    let exported = '';
    for await (const piece of exportMaster(db.sources.read.manager, TENANT, 'legacy')) exported += piece;
    expect(await run('legacy', exported)).toMatchObject({ errorCount: 0, unchanged: 2 });
  });

  it('names what is wrong with an old case', async () => {
    const head = 'number,mobile,status,registered,closed,name\n';
    expect(await mistakes('legacy', `${head},,Closed,,,\n`)).toEqual(['2 number required']);
    expect(await mistakes('legacy', `${head}A-1,12,,02/03/2023,,\n`)).toEqual([
      '2 status required',
      '2 registered ambiguous',
      '2 mobile wrong_type',
    ]);
    expect(await mistakes('legacy', `${head}A-1,,Closed,2023-07-14,2023-07-01,=1+1\n`)).toEqual([
      '2 closed out_of_range',
      '2 name formula',
    ]);
    expect(await mistakes('legacy', `${head}A-1,,Open,,,\na-1,,Open,,,\n`)).toEqual(['3 number duplicate']);
  });

  it('takes the ids under which a city’s operator and WhatsApp know the texts', async () => {
    const csv = [
      'template,variant,language,DLT template id,sender,whatsapp',
      'registered,,Bengali,1107160000000000011,kmcgov,kmc_registered',
      'Resolved,default,en,1107160000000000012,,',
    ].join('\n');
    expect(await run('templates', csv, { apply: true })).toMatchObject({ applied: true, created: 2, errorCount: 0 });
    const snapshot = await new MastersService(db.sources).snapshot(TENANT);
    expect(snapshot.registrations).toEqual({
      dltIds: { 'registered//bn': '1107160000000000011', 'resolved/default/en': '1107160000000000012' },
      headers: { 'registered//bn': 'KMCGOV' },
      whatsappNames: { 'registered//bn': 'kmc_registered' },
    });
    expect(await mistakes('templates', 'template,locale,dlt_id\ngreeting,en,1107160000000000012\n')).toEqual([
      '2 template unknown',
    ]);
    expect(await mistakes('templates', 'template,locale,dlt_id,header\notp,ta,12,K-1\n')).toEqual([
      '2 locale unknown',
      '2 dlt_id wrong_type',
      '2 header wrong_type',
    ]);
    expect(await mistakes('templates', 'template,locale\notp,en\n')).toEqual(['2 dlt_id required']);
  });

  it('takes what categories ask, in three languages and with choices, as the whole list in its order', async () => {
    const head = 'sub_category,code,kind,question,question_bn,question_hi,choices\n';
    const rows = [
      'LIGHT_OFF,POLE,text,Number on the pole?,খুঁটির নম্বর?,,',
      'LIGHT_OFF,MANY,choice,How many lamps?,,,"ONE: One | একটি | एक; ALL: The whole street"',
    ];
    const asked = async () => {
      const snapshot = await new MastersService(db.sources).snapshot(TENANT);
      return snapshot.subCategories.get('LIGHT_OFF')?.questions;
    };
    expect(await run('questions', head + rows.join('\n'), { apply: true })).toMatchObject({
      applied: true,
      created: 2,
    });
    expect(await asked()).toEqual([
      { code: 'POLE', kind: 'text', names: { en: 'Number on the pole?', bn: 'খুঁটির নম্বর?' }, choices: [] },
      {
        code: 'MANY',
        kind: 'choice',
        names: { en: 'How many lamps?' },
        choices: [
          { code: 'ONE', names: { en: 'One', bn: 'একটি', hi: 'एक' } },
          { code: 'ALL', names: { en: 'The whole street' } },
        ],
      },
    ]);
    let exported = '';
    for await (const line of exportMaster(db.sources.read.manager, TENANT, 'questions')) exported += line;
    expect(await run('questions', exported)).toMatchObject({ errors: [], unchanged: 2 });
    await run('questions', head + rows[1], { apply: true });
    expect((await asked())?.map(({ code }) => code)).toEqual(['MANY']);
    const wrong = 'NO_SUCH,A,text,What?,,,\nLIGHT_OFF,B,choice,Which?,,,\nLIGHT_OFF,C,choice,Which?,,,one two';
    expect(await mistakes('questions', head + wrong)).toEqual([
      '2 sub_category unknown',
      '3 choices required',
      '4 choices wrong_type',
    ]);
  });

  describe('the escalation matrix', () => {
    const head = 'department,level,position,hours\n';
    const own = '*,1,{department}-EE-B{borough},18\n';
    it.each([
      ['a gap', `${own}*,3,COMMISSIONER-OSD,45\n`, ['3 level gap']],
      ['a first level missing', '*,2,{department}-DYCE,27\n', ['2 level gap']],
      ['a loop', `${own}*,2,COMMISSIONER-OSD,27\n*,3,COMMISSIONER-OSD,45\n`, ['4 position loop']],
      ['an unknown post', `${own}*,2,NOBODY,27\n`, ['3 position points_nowhere']],
      ['a pattern without posts', '*,1,{department}-XX-B{borough},18\n', ['2 position points_nowhere']],
      ['a field post', '*,1,{department}-LME-B{borough},18\n', ['2 position not_allowed']],
      ['the same level twice', `${own}*,1,{department}-DYCE,27\n`, ['3 level duplicate']],
      ['an unknown department', `${own}WATTER,1,WATER-DYCE,27\n`, ['3 department unknown']],
      ['no hours', '*,1,{department}-DYCE,0\n', ['2 hours out_of_range']],
      [
        'a department that repeats a level of all',
        `${own}*,2,{department}-DYCE,9\nWATER,1,WATER-DYCE,9\n`,
        ['3 position loop'],
      ],
    ])('with %s is refused at the row', async (_what, rows, expected) => {
      expect(await mistakes('escalation', head + rows)).toEqual(expected);
    });

    it('may leave a department to the levels of all, and replaces only the departments in the file', async () => {
      expect(await run('escalation', `${head}HEALTH,2,COMMISSIONER-OSD,9\n`)).toMatchObject({ errorCount: 1 });
      expect(await run('escalation', `${head}HEALTH,1,health-dyce,9\nHEALTH,2,SPL-COMMISSIONER,9\n`)).toMatchObject({
        errorCount: 0,
        created: 2,
      });
    });
  });

  describe('the calendar', () => {
    it('refuses a week without hours, at the row', async () => {
      expect(await mistakes('working-week', 'day,from,to\nmonday,,\ntuesday,,\n')).toEqual(['3 from required']);
      expect(await mistakes('working-week', 'day,from,to\n')).toEqual(['1 from required']);
      expect(await mistakes('working-week', 'day,from,to\nmonday,10:00,10:00\n')).toContain('2 to out_of_range');
      expect(await mistakes('working-week', 'day,from,to\nmon,10:00,14:00\nMonday,13:00 ,18:00\n')).toEqual([
        '3 to overlapping',
      ]);
      expect(await mistakes('working-week', 'day,from,to\nmonday,25:00,18:00\nfunday,10:00,11:00\n')).toEqual([
        '2 from wrong_type',
        '3 day unknown',
      ]);
    });

    it('refuses a holiday on every day, at the row on which it gets too long', async () => {
      const days = Array.from({ length: 365 }, (_, n) => new Date(Date.UTC(2027, 0, 1 + n)).toISOString().slice(0, 10));
      const report = await run('holidays', `date,name\n${days.map((day) => `${day},Closed`).join('\n')}\n`);
      expect(report.errors.map(told)).toEqual(['32 date never_open']);
    });

    it('takes dates in words, refuses those that could be read in two ways, and takes a holiday back', async () => {
      expect(
        await mistakes(
          'holidays',
          'date,name\n03/04/2027,Odd\n2027-02-30,None\n19 Oct 2027,Puja\n26/01/2027,Republic Day\n',
        ),
      ).toEqual(['2 date ambiguous', '3 date wrong_type']);
      expect(await run('holidays', 'date,name\n2027-10-19,Puja\n', { apply: true })).toMatchObject({ created: 1 });
      const back = await run('holidays', 'date,name,withdrawn\n2027-10-19,Puja,yes\n', { apply: true });
      expect(back).toMatchObject({ applied: true, updated: 1 });
      expect(await run('holidays', 'date,name,withdrawn\n2027-10-19,Puja,yes\n', { apply: true })).toMatchObject({
        updated: 0,
      });
    });
  });

  describe('files of all kinds', () => {
    const csv = 'code,name,name_bn\nTEST,Test Department,পরীক্ষা\n';

    it.each<[string, Uint8Array, string]>([
      ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, 'utf16le')]), 'utf-16le'],
      ['UTF-16 without a mark', Buffer.from(csv, 'utf16le'), 'utf-16le'],
      [
        'big-endian UTF-16',
        Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(csv, 'utf16le').swap16()]),
        'utf-16be',
      ],
      ['UTF-8 with a mark', Buffer.from(`\uFEFF${csv}`), 'utf-8'],
      ['semicolons', Buffer.from(csv.replaceAll(',', ';')), 'utf-8'],
      ['tabs and Windows line ends', Buffer.from(csv.replaceAll(',', '\t').replaceAll('\n', '\r\n')), 'utf-8'],
    ])('reads %s and says so', async (_what, bytes, encoding) => {
      expect(await run('departments', bytes)).toMatchObject({ encoding, rows: 1, created: 1, errorCount: 0 });
    });

    it('refuses a code page it would have to guess, at the row', async () => {
      const bytes = Buffer.concat([
        Buffer.from('code,name\nA1,Alpha\nCAFE,Caf'),
        Buffer.from([0xe9]),
        Buffer.from('\n'),
      ]);
      expect((await run('departments', bytes)).errors.map(told)).toEqual(['3  encoding']);
    });

    it('refuses a file that stops being a table, and one that is empty or has other columns', async () => {
      expect(await mistakes('departments', 'code,name\nA1,Alpha\nB1,"Beta\nC1,Gamma\n')).toEqual(['3  unreadable']);
      expect(await mistakes('departments', '')).toEqual(['1  required']);
      expect(await mistakes('departments', 'foo,bar\n1,2\n')).toEqual(['1 code required', '1 name required']);
      expect(await mistakes('departments', 'code,name,Name\nA1,Alpha,Beta\n')).toEqual(['1 Name duplicate']);
      expect(await mistakes('departments', 'code,name\nA1,Water, and more\n')).toEqual(['2  too_many_cells']);
    });

    it('counts rows as a spreadsheet does, blank lines included', async () => {
      expect(await mistakes('departments', 'code,name\n\nA1,Alpha\n,,\nA1,Again\n')).toEqual(['5 code duplicate']);
    });

    it('stores injected text as text and neutralises formulas on export', async () => {
      const nasty = `Robert'); DROP TABLE post;-- {{7*7}} <script>`;
      await run('departments', `code,name\nNASTY,"${nasty}"\n`, { apply: true });
      await db.uow.run((em) =>
        em.insert(DepartmentEntity, { tenant: TENANT, code: 'OLD', name: '=1+1', nameBn: null, nameHi: null }),
      );
      let exported = '';
      for await (const piece of exportMaster(db.sources.read.manager, TENANT, 'departments')) exported += piece;
      expect(exported).toContain(nasty);
      expect(exported).toContain("OLD,'=1+1,");
      expect(await mistakes('departments', exported)).toEqual([expect.stringMatching(/ name formula$/)]);
    });

    it('knows neither a tenant nor a master that is not there', async () => {
      expect((await importMaster(db.uow, 'NOWHERE', 'departments', csv)).errors.map(told)).toEqual([
        '0 tenant unknown',
      ]);
      await expect(run('nonsense', csv)).rejects.toThrow('There is no master');
    });
  });

  it('lets a city make neither a foreign tenant nor an administrator of the state', async () => {
    const tenants = 'code,parent,kind,name,prefix,zone\n';
    expect(await mistakes('tenants', `${tenants}EVIL,WB,ulb,Evil,EVIL,Asia/Kolkata\n`)).toEqual(['2 code not_allowed']);
    expect(await mistakes('tenants', `${tenants}KMCX,KMC,ulb,Evil,KMC,Asia/Kolkata\n`)).toEqual(['2 prefix duplicate']);
    expect(await mistakes('users', 'username,name,roles\nevil,Evil,state_admin\n')).toEqual(['2 roles not_allowed']);
    expect(await mistakes('positions', 'position,designation,role,department\nX1,X,state admin,WATER\n')).toEqual([
      '2 role not_allowed',
    ]);
  });

  it('keeps the tree of tenants a tree', async () => {
    const csv =
      'code,parent,kind,name,prefix,zone\nA1,B1,ulb,A,AAA,Asia/Kolkata\nB1,A1,ulb,B,BBB,Mars/Base\nC1,D1,ulb,C,CCC,Asia/Kolkata\n';
    const report = await importMaster(db.uow, null, 'tenants', csv);
    expect(report.errors.map(told)).toEqual(['2 parent unknown', '3 zone unknown', '4 parent unknown']);
    const loop = csv.replace('Mars/Base', 'Asia/Kolkata').replace(/C1.*\n/, '');
    expect((await importMaster(db.uow, null, 'tenants', loop)).errors.map(told)).toEqual([
      '2 parent loop',
      '3 parent loop',
    ]);
  });

  it('refuses outlines of unknown wards and of no shape', async () => {
    const feature = (ward: unknown, geometry: unknown): unknown => ({
      type: 'Feature',
      properties: { ward },
      geometry,
    });
    const square = {
      type: 'Polygon',
      coordinates: [
        [
          [88, 22],
          [88.1, 22],
          [88.1, 22.1],
          [88, 22],
        ],
      ],
    };
    const features = [
      feature(142, square),
      feature(999, square),
      feature(143, { type: 'Point', coordinates: [88, 22] }),
      feature(144, {
        type: 'Polygon',
        coordinates: [
          [
            [88, 22],
            [999, 22],
            [88.1, 22.1],
            [88, 22],
          ],
        ],
      }),
      feature(142, square),
    ];
    const report = await run('wards', JSON.stringify({ type: 'FeatureCollection', features }));
    expect(report.errors.map(told)).toEqual([
      '2 ward unknown',
      '3 geometry wrong_type',
      '4 geometry wrong_type',
      '5 ward duplicate',
    ]);
    expect(report).toMatchObject({ applied: false, rows: 5, good: 1 });
  });

  it('lets two imports at once both take effect', async () => {
    const before = await version();
    const one = (code: string): Promise<ImportReport> =>
      run('departments', `code,name\n${code},Department ${code}\n`, { apply: true });
    const reports = await Promise.all(['P1', 'P2', 'P3', 'P4'].map(one));
    expect(reports.map(({ applied }) => applied)).toEqual([true, true, true, true]);
    expect(await version()).toBe(before + 4);
  });

  // Last, because a department without posts is a mistake in every matrix from then on.
  it('refuses a category whose department has nobody to assign its complaints', async () => {
    await run('departments', 'code,name\nFERRY,Ferries\n', { apply: true });
    const head = 'category,sub_category,name,department,sla_hours,calendar,active\n';
    const row = (active: string) => `${head}FERRY,FERRY_LATE,Ferry late,FERRY,24,office,${active}\n`;
    expect(await mistakes('categories', row('yes'))).toEqual(['2 department points_nowhere']);
    expect(await run('categories', row('yes'), { apply: true })).toMatchObject({ applied: false, errorCount: 1 });
    expect(await mistakes('categories', row('no'))).toEqual([]);
  });
});
