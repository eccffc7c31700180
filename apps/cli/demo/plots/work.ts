import type { Person } from '../client.js';
import { plain, unhurried, urgent, type Plot } from './plot.js';

const RESERVE = 'Please take over.';

/** How work finds the one who does it. */
export const WORK: readonly Plot[] = [
  {
    name: 'not my beat: the GRO gives it to another',
    share: 8,
    days: 1,
    fits: plain,
    async play(scene) {
      const { cast } = scene;
      await scene.begin();
      await scene.does(cast.owner(scene.state), 'request-reassignment', { reason: scene.say('reason') });
      const gro = cast.gro(scene.state);
      const owner = scene.state.owner;
      await scene.isRefused(gro, 'reassign', { position: owner }, '422 validation/unchanged');
      await scene.isRefused(gro, 'reassign', { position: 'NOWHERE' }, '422 validation/unknown');
      await scene.does(gro, 'reassign', { position: cast.colleagueOf(scene.state), reason: RESERVE });
      await scene.resolve();
      await scene.rate(4);
    },
  },
  {
    name: 'not my beat: the GRO declines',
    share: 5,
    days: 1,
    fits: plain,
    async play(scene) {
      const { cast } = scene;
      await scene.begin();
      await scene.does(cast.owner(scene.state), 'request-reassignment', { reason: scene.say('reason') });
      await scene.does(cast.gro(scene.state), 'decline-reassignment', { reason: 'It is.' });
      await scene.resolve();
      await scene.rate(5);
    },
  },
  {
    name: 'nobody decides on a request until the next level does',
    share: 5,
    days: 2,
    fits: unhurried,
    async play(scene) {
      const { cast } = scene;
      await scene.begin();
      await scene.does(cast.owner(scene.state), 'request-reassignment', { reason: scene.say('reason') });
      const { request } = await scene.until('the decision clock', (state) => (state.request?.level ?? 0) >= 1);
      const officer = cast.post(request?.deciders.at(-1) ?? '');
      await scene.does(officer, 'reassign', { position: cast.colleagueOf(scene.state), reason: RESERVE });
      await scene.resolve();
      await scene.rate(4);
    },
  },
  {
    name: 'work of another department',
    share: 7,
    days: 1,
    fits: plain,
    async play(scene) {
      const { cast } = scene;
      await scene.begin();
      const { department } = scene.state;
      const gro = cast.gro(scene.state);
      const away = { reason: 'Not ours.', subCategory: department === 'ROADS' ? 'LIGHT_OFF' : 'POTHOLE' };
      const wrong = { ...away, department };
      await scene.isRefused(gro, 'transfer', wrong, '422 validation/contradiction');
      await scene.isRefused(gro, 'transfer', { reason: 'Same', department }, '422 validation/unchanged');
      await scene.isRefused(gro, 'transfer', { reason: 'Not ours.' }, '422 validation/required');
      await scene.does(gro, 'transfer', away);
      await scene.isRefused(gro, 'comment', { text: 'Is it done?' }, '404 not_found');
      await scene.resolve();
      await scene.rate(4);
    },
  },
  {
    name: 'filed under the wrong ward',
    share: 4,
    days: 1,
    fits: plain,
    async play(scene) {
      await scene.begin();
      const ward = Number(scene.state.ward) <= 72 ? '110' : '20';
      await scene.does(scene.cast.gro(scene.state), 'transfer', { ward, reason: 'The lane lies there.' });
      await scene.resolve();
      await scene.rate(5);
    },
  },
  {
    name: 'up two levels, then directed',
    share: 6,
    days: 7,
    fits: urgent,
    async play(scene) {
      const { cast } = scene;
      await scene.begin();
      await scene.until('the second escalation', ({ level }) => level >= 2);
      const officer = (): Person => cast.accountable(scene.state);
      const position = cast.colleagueOf(scene.state);
      const foreign = { position: 'WATER-GRO', instruction: RESERVE };
      await scene.isRefused(officer(), 'direct', foreign, '422 validation/not_allowed');
      await scene.does(officer, 'direct', { position, instruction: 'Today.' });
      await scene.resolve();
      await scene.rate(3);
    },
  },
  {
    name: 'up to the top, where a digest comes each day',
    share: 5,
    days: 13,
    fits: urgent,
    async play(scene) {
      await scene.begin();
      const first = await scene.until('the first digest', ({ digestAt }) => digestAt !== null);
      await scene.until('the second digest', ({ digestAt }) => digestAt !== first.digestAt);
      await scene.resolve(scene.cast.accountable(scene.state));
      await scene.rate(4);
    },
  },
  {
    name: 'nobody’s work: the GRO assigns it',
    share: 4,
    days: 1,
    fits: ({ department }) => department === 'MARKET',
    async play(scene) {
      const { cast } = scene;
      await scene.lodge();
      await scene.isRefused(cast.gro(scene.state), 'resolve', { remarks: 'Done' }, '409 state_conflict');
      await scene.assign();
      await scene.resolve();
      await scene.rate(4);
    },
  },
  {
    name: 'nobody’s work, and it escalates all the same',
    share: 3,
    days: 6,
    fits: ({ department }) => department === 'MARKET',
    async play(scene) {
      await scene.lodge();
      await scene.until('the first escalation', ({ level }) => level >= 1);
      const officer = (): Person => scene.cast.accountable(scene.state);
      await scene.isRefused(officer(), 'resolve', { remarks: 'Done' }, '409 state_conflict');
      await scene.assign(officer);
      await scene.resolve();
      await scene.rate(3);
    },
  },
  {
    name: 'a vacant post: the GRO does its work',
    share: 3,
    days: 1,
    fits: ({ department }, { ward }) => department === 'BUSTEE' && Number(ward) <= 70,
    async play(scene) {
      await scene.begin();
      await scene.resolve(scene.cast.gro(scene.state));
      await scene.rate(4);
    },
  },
];
