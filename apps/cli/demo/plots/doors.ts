import type { CaseView } from '#libs/contracts/api/views';
import { CITY } from '../city.js';
import type { Scene } from '../scene.js';
import { plain, unhurried, type Plot } from './plot.js';

const LODGE = '/api/v1/grievances';
const NOBODY = { kind: 'nobody' } as const;

async function attempt(scene: Scene, more: Readonly<Record<string, unknown>>, kind: string): Promise<void> {
  const { subCategory, ward, description } = scene.complaint;
  const body = { tenant: CITY, subCategory, ward, description, ...more };
  scene.expectRefusal('register', await scene.send(scene.citizen, LODGE, body), kind);
}

/** Everything that is not taken in, and all who are not let in. */
export const DOORS: readonly Plot[] = [
  {
    name: 'what cannot be lodged',
    share: 2,
    days: 1,
    fits: plain,
    async play(scene) {
      await attempt(scene, { subCategory: 'FLYING_CARS' }, '422 validation/unknown');
      await attempt(scene, { description: ' ' }, '422 validation/required');
      await attempt(scene, { description: 'জল '.repeat(2_000) }, '422 validation/too_long');
      await attempt(scene, { description: 7 }, '422 validation/wrong_type');
      await attempt(scene, { ward: undefined, lat: 28.6, lon: 77.2 }, '422 validation/ward_needed');
      await attempt(scene, { lat: 222, lon: 88 }, '422 validation/out_of_range');
      await attempt(scene, { source: 'mayors_office' }, '422 validation/not_allowed');
      const { client, run } = scene.stage;
      const wrong = { mobile: scene.complaint.mobile, code: '000000' };
      scene.expectRefusal('log in', await client.post(NOBODY, '/api/v1/auth/otp/verify', wrong), '401 wrong_code');
      const guess = { username: 'nobody', password: 'guess' };
      scene.expectRefusal('log in', await client.post(NOBODY, '/api/v1/auth/login', guess), '401 wrong_credentials');
      const { subCategory, ward, description } = scene.complaint;
      const body = { tenant: CITY, subCategory, ward, description };
      const key = `${run}/twice/${scene.complaint.seq}`;
      const once = await client.post<CaseView>(scene.citizen, LODGE, body, key);
      const twice = await client.post<CaseView>(scene.citizen, LODGE, body, key);
      if (once.body.number !== twice.body.number) throw new Error('the same key made two cases');
      const other = await client.post(scene.citizen, LODGE, { ...body, description: 'Something else' }, key);
      scene.expectRefusal('register', other, '422 idempotency_mismatch');
      await scene.adopt(once.body);
      if (scene.state.state === 'awaiting_assignment') await scene.assign();
      await scene.resolve();
      await scene.rate(4, scene.citizen);
    },
  },
  {
    name: 'who may not do what',
    share: 3,
    days: 2,
    fits: unhurried,
    async play(scene) {
      const { cast } = scene;
      await scene.begin();
      scene.expectRefusal('view', await scene.sees(NOBODY), '401 unauthenticated');
      scene.expectRefusal('view', await scene.sees(scene.neighbour(1)), '404 not_found');
      await scene.isRefused(scene.neighbour(1), 'withdraw', {}, '404 not_found');
      await scene.isRefused(cast.foreigner, 'resolve', { remarks: 'x' }, '404 not_found');
      await scene.isRefused(cast.outsider(scene.state), 'resolve', { remarks: 'x' }, '404 not_found');
      const colleague = cast.post(cast.colleagueOf(scene.state));
      await scene.isRefused(colleague, 'resolve', { remarks: 'x' }, '403 forbidden');
      await scene.isRefused(cast.auditor, 'comment', { text: 'x' }, '403 forbidden');
      await scene.isRefused(scene.citizen, 'assign', { position: 'x' }, '403 forbidden');
      await scene.isRefused(scene.citizen, 'rate', { rating: 5 }, '409 state_conflict');
      await scene.isRefused(cast.owner(scene.state), 'explode', {}, '404 unknown_command');
      const owner = cast.owner(scene.state);
      await scene.isRefused(owner, 'resolve', {}, '422 validation/required');
      await scene.isRefused(owner, 'resolve', { remarks: 'x'.repeat(5_000) }, '422 validation/too_long');
      await scene.resolve(owner);
      await scene.isRefused(scene.citizen, 'rate', { rating: '5' }, '422 validation/wrong_type');
      await scene.isRefused(scene.citizen, 'rate', { rating: 6 }, '422 validation/out_of_range');
      await scene.rate(5);
      await scene.isRefused(owner, 'resolve', { remarks: 'x' }, '409 state_conflict');
      const digit = (Number(scene.number.at(-1)) + 1) % 10;
      const misread = `${scene.number.slice(0, -1)}${digit}`;
      const answer = await scene.stage.client.get(scene.citizen, `${LODGE}/${misread}`);
      scene.expectRefusal('view', answer, '404 invalid_number');
    },
  },
  {
    name: 'the picture was taken elsewhere',
    share: 2,
    days: 1,
    fits: ({ code }, { place }) => code === 'DRAIN_BLOCKED' && place !== null,
    async play(scene) {
      await scene.begin();
      const owner = scene.cast.owner(scene.state);
      const remarks = scene.say('done');
      await scene.isRefused(owner, 'resolve', { remarks }, '422 validation/required');
      const attachments = [await scene.picture(owner)];
      const far = { remarks, attachments, lat: 22.6, lon: 88.1 };
      await scene.isRefused(owner, 'resolve', far, '422 validation/too_far');
      await scene.resolve(owner);
      await scene.rate(4);
    },
  },
];
