import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings, SettingsError } from './settings.js';
import { VARIABLES } from './variables.js';

const SECRET = '0123456789abcdef0123456789abcdef';
const NO_FILE = '/nowhere/.env';
const folders: string[] = [];
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'pratikar-config-'));
  folders.push(made);
  return made;
}
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});
const load = (env: Record<string, string> = {}, file = NO_FILE) => loadSettings({ DATA_DIR: folder(), ...env }, file);

describe('settings', () => {
  test('absent mean a demo on this machine alone', () => {
    const settings = load();
    expect(settings).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://127.0.0.1:8080',
      trustProxy: [],
      stopNoticeMs: 0,
      database: { engine: 'sqlite', file: join(settings.dataDir, 'pratikar.sqlite') },
      media: { kind: 'folder' },
      temporal: { embedded: true, address: '127.0.0.1:7233', namespace: 'default' },
      demo: true,
      whatsapp: { version: 'v26.0', apiUrlGiven: false },
      sms: { gateway: 'console' },
      warnings: [],
    });
  });

  test.each([
    [{ MEDIA_URL: 's3://city-media' }, 'https://city-media.s3.ap-south-1.amazonaws.com'],
    [{ MEDIA_URL: 's3://city.media/a/b/' }, 'https://s3.ap-south-1.amazonaws.com/city.media/a/b'],
    [{ MEDIA_URL: 's3://media/kmc', AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000/' }, 'http://127.0.0.1:9000/media/kmc'],
  ])('read the bucket of %j', (env, url) => {
    const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'ap-south-1' };
    expect(load({ ...keys, ...env }).media).toEqual({
      kind: 's3',
      url,
      region: 'ap-south-1',
      accessKeyId: 'id',
      secretAccessKey: 'secret',
    });
  });

  test('make the secret key once in demo, readable by its owner alone', () => {
    const dataDir = folder();
    const first = load({ DATA_DIR: dataDir }).secretKey;
    expect(load({ DATA_DIR: dataDir }).secretKey).toBe(first);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    const file = join(dataDir, 'secret-key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8').trim()).toBe(first);
  });

  test.each([
    [
      { DATABASE_URL: 'mysql://u:p%40ss@db:3307/city' },
      { engine: 'mysql', host: 'db', port: 3307, username: 'u', password: 'p@ss', database: 'city' },
    ],
    [
      { DATABASE_URL: 'mariadb://u@localhost/city?socket=%2Frun%2Fdb.sock' },
      { engine: 'mariadb', socketPath: '/run/db.sock', port: 3306 },
    ],
  ])('read the database of %j and then are no demo', (env, database) => {
    expect(load({ ...env, SECRET_KEY: SECRET })).toMatchObject({ database, demo: false });
  });

  test.each([[{ TEMPORAL_ADDRESS: 'temporal:7233' }], [{ HOST: '0.0.0.0' }], [{ DEMO: 'off' }]])(
    'with %j are no demo either',
    (env) => {
      expect(load({ ...env, SECRET_KEY: SECRET }).demo).toBe(false);
    },
  );

  test('of the environment go before those of the file', () => {
    const file = join(folder(), '.env');
    writeFileSync(file, '# ours\nPORT=9000\nexport HOST="localhost"\nDEMO_PASSWORD=\'a # b c d e\'\n');
    expect(load({ PORT: '9001' }, file)).toMatchObject({ port: 9001, host: 'localhost', demoPassword: 'a # b c d e' });
  });

  test('ask back about a name that is nearly ours, and about no other', () => {
    const { warnings } = load({
      DATABSE_URL: 'x',
      SMS_GATEWY: 'x',
      SMS_SENDER: 'KMCGOV',
      PATH: '/bin',
      HOSTNAME: 'h',
      HOME: '/',
    });
    expect(warnings).toEqual([
      'DATABSE_URL is not a setting and was ignored; did you mean DATABASE_URL?',
      'SMS_GATEWY is not a setting and was ignored; did you mean SMS_GATEWAY?',
    ]);
  });

  test('of the gateway reach its adapter', () => {
    expect(load({ SMS_GATEWAY: 'msg91', SMS_SENDER: 'KMCGOV' }).sms).toEqual({
      gateway: 'msg91',
      options: { SMS_SENDER: 'KMCGOV' },
    });
  });

  test.each<[Record<string, string>, string]>([
    [{ PORT: 'eighty' }, 'PORT: "eighty" is no such number; expected a whole number from 0 to 65535'],
    [{ PORT: '70000' }, 'PORT: "70000" is no such number; expected a whole number from 0 to 65535'],
    [{ HOST: 'a b' }, 'HOST: "a b" is none; expected an address or a name, such as 127.0.0.1 or 0.0.0.0'],
    [{ DEMO: 'maybe' }, 'DEMO: "maybe" is neither; expected `on` or `off`'],
    [
      { DEMO: 'on', HOST: '0.0.0.0' },
      'DEMO: it is on although HOST is 0.0.0.0; expected embedded database and Temporal and a loopback HOST, or DEMO=off',
    ],
    [
      { DEMO: 'off' },
      'SECRET_KEY: it is absent, and only the demo makes its own; expected at least 32 random characters, such as the output of `openssl rand -hex 32`',
    ],
    [
      { SECRET_KEY: 'short' },
      'SECRET_KEY: it has 5 characters; expected at least 32 random characters, such as the output of `openssl rand -hex 32`',
    ],
    [
      { SECRET_KEY: 'a'.repeat(40) },
      'SECRET_KEY: it is not random; expected at least 32 random characters, such as the output of `openssl rand -hex 32`',
    ],
    [
      { DATABASE_URL: 'postgres://u:secret@h/d' },
      'DATABASE_URL: the scheme "postgres://" is not supported; expected mysql://user:password@host:3306/database or mariadb://…',
    ],
    [
      { DATABASE_URL: 'mysql://u@h' },
      'DATABASE_URL: it names no database; expected mysql://user:password@host:3306/database or mariadb://…',
    ],
    [{ PUBLIC_URL: 'grievance.org' }, 'PUBLIC_URL: it is not a URL; expected https://grievance.example.org'],
    [
      { TRUST_PROXY: 'everyone' },
      'TRUST_PROXY: "everyone" is none; expected addresses or networks, such as 10.0.0.0/8, loopback',
    ],
    [{ TEMPORAL_API_KEY: 'k' }, 'TEMPORAL_ADDRESS: it is absent although TEMPORAL_API_KEY is set; expected host:port'],
    [
      { TEMPORAL_ADDRESS: 'temporal' },
      'TEMPORAL_ADDRESS: "temporal" is no address; expected host:port, such as 127.0.0.1:7233',
    ],
    [
      { WHATSAPP_TOKEN: 't' },
      'WHATSAPP_PHONE_NUMBER_ID: it is absent; expected both WHATSAPP_PHONE_NUMBER_ID and WHATSAPP_TOKEN, or neither',
    ],
    [
      { SMS_GATEWAY: 'pigeon' },
      'SMS_GATEWAY: "pigeon" is not known; expected one of console, http, gupshup, msg91, exotel, fast2sms, twilio',
    ],
    [
      { MEDIA_URL: 's3://bucket/media' },
      'AWS_ACCESS_KEY_ID: it is absent although MEDIA_URL is set; expected a key of the bucket',
    ],
    [{ MEDIA_URL: 's3:///media' }, 'MEDIA_URL: it names no bucket; expected s3://bucket/prefix'],
    [
      { MEDIA_URL: 'ftp://bucket/media' },
      'MEDIA_URL: the scheme "ftp://" is not supported; expected s3://bucket/prefix',
    ],
    [
      { SMS_WEBHOOK_TOKEN: 'short' },
      'SMS_WEBHOOK_TOKEN: it is too short or holds other characters; expected 16 to 128 letters, digits, - or _',
    ],
    [{ DEMO_PASSWORD: 'short' }, 'DEMO_PASSWORD: it has 5 characters; expected at least 8'],
  ])('%j are refused in one line', (env, message) => {
    expect(() => load(env)).toThrow(SettingsError);
    expect(() => load(env)).toThrow(new Error(message));
  });

  test.each([
    ['PORT 8080', '.env: line 1 is not a setting; expected NAME=value'],
    ['PORT=8080\nSECRET_KEY="abc', '.env: a quote opened on line 2 is never closed; expected "'],
  ])('a broken file is refused: %j', (text, end) => {
    const file = join(folder(), '.env');
    writeFileSync(file, text);
    expect(() => load({}, file)).toThrow(end);
  });
});

describe('the list of settings for operators', () => {
  it('names every setting that is read, and no other', () => {
    const page = readFileSync(join(process.cwd(), 'deploy/docs/settings.md'), 'utf8');
    const first = [...page.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) => [
      ...cell.matchAll(/`([A-Z0-9_]+)`/g),
    ]);
    expect(first.map(([, name]) => name).sort()).toEqual([...VARIABLES].sort());
  });
});
