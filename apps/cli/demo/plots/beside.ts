import { plain, type Plot } from './plot.js';

/** Neighbours, the mayor, and those who change their mind. */
export const BESIDE: readonly Plot[] = [
  {
    name: 'neighbours follow, and all of them rate',
    share: 5,
    days: 1,
    fits: plain,
    async play(scene) {
      const [first, second] = [scene.neighbour(1), scene.neighbour(2)];
      await scene.begin();
      await scene.does(first, 'follow');
      await scene.isRefused(first, 'follow', {}, '409 already_following');
      await scene.isRefused(second, 'unfollow', {}, '409 not_following');
      const desk = scene.cast.callCentre(scene.random);
      await scene.isRefused(desk, 'follow', { citizen: { mobile: '12' } }, '422 validation/invalid_mobile');
      await scene.does(desk, 'follow', { citizen: { mobile: scene.mobileOf(second) } });
      await scene.resolve();
      await scene.rate(5, first);
      await scene.isRefused(first, 'rate', { rating: 1 }, '409 already_rated');
      await scene.rate(4);
      await scene.rate(3, second);
    },
  },
  {
    name: 'a neighbour is not content, and the case is reopened',
    share: 4,
    days: 1,
    fits: plain,
    async play(scene) {
      const neighbour = scene.neighbour(1);
      await scene.begin();
      await scene.does(neighbour, 'follow');
      await scene.resolve();
      await scene.rate(5);
      await scene.rate(1, neighbour);
      await scene.does(neighbour, 'unfollow');
      await scene.resolve();
      await scene.rate(4);
    },
  },
  {
    name: 'one rates, a neighbour never does',
    share: 3,
    days: 15,
    fits: plain,
    async play(scene) {
      await scene.begin();
      await scene.does(scene.neighbour(1), 'follow');
      await scene.resolve();
      await scene.rate(4);
      await scene.until('the end of the window', ({ state }) => state === 'closed');
    },
  },
  {
    name: 'lodged twice: the duplicate’s citizen follows the other case',
    share: 5,
    days: 1,
    fits: plain,
    pair: true,
    async play(scene, other) {
      await other.begin();
      await scene.begin();
      const gro = scene.cast.gro(scene.state);
      await scene.isRefused(gro, 'mark-duplicate', { of: scene.number }, '422 validation/not_allowed');
      await scene.isRefused(gro, 'mark-duplicate', { of: 'PLAY-26-0000000-0' }, '422 validation/unknown');
      await scene.does(gro, 'mark-duplicate', { of: other.number });
      if (scene.complaint.mobile !== other.complaint.mobile) {
        await other.until('the new follower', ({ followers }) => followers.length === 1);
      }
      await other.resolve();
      await other.rate(4);
      if (scene.complaint.mobile !== other.complaint.mobile) await other.rate(4, scene.citizen);
    },
  },
  {
    name: 'the mayor’s office wants it done by a day, and it is not',
    share: 4,
    days: 1,
    fits: plain,
    async play(scene) {
      const mayor = scene.cast.mayorsOffice;
      await scene.begin();
      const text = 'The Mayor wants this done.';
      const before = { text, dueAt: '2020-01-01T00:00:00Z' };
      await scene.isRefused(mayor, 'directive', before, '422 validation/out_of_range');
      // The only date in the story that people name: in a day of the play city.
      const dueAt = new Date(Date.now() + scene.stage.dayMs).toISOString();
      await scene.does(mayor, 'directive', { text, dueAt });
      await scene.until('the directive to be overdue', ({ directive }) => directive?.told === true);
      await scene.resolve();
      await scene.rate(4);
    },
  },
  {
    name: 'withdrawn',
    share: 7,
    days: 1,
    fits: plain,
    async play(scene) {
      await scene.begin();
      const owner = scene.cast.owner(scene.state);
      if (scene.random.chance(0.4)) await scene.resolve();
      await scene.does(scene.voice, 'withdraw', { reason: 'It has been solved.' });
      await scene.isRefused(owner, 'comment', { text: 'Late' }, '409 state_conflict');
      await scene.isRefused(scene.citizen, 'reopen', { reason: 'Late' }, '409 state_conflict');
    },
  },
  {
    name: 'nobody may know who complains',
    share: 5,
    days: 1,
    fits: ({ hideComplainant }) => hideComplainant,
    async play(scene) {
      await scene.begin();
      await scene.isRefused(scene.neighbour(1), 'follow', {}, '404 not_found');
      const desk = scene.cast.callCentre(scene.random);
      const neighbour = { citizen: { mobile: scene.mobileOf(scene.neighbour(2)) } };
      await scene.isRefused(desk, 'follow', neighbour, '409 not_followable');
      const seen = await scene.sees(scene.cast.owner(scene.state));
      if (seen.body.citizen !== null) throw new Error('the field officer sees who complained');
      await scene.resolve();
      await scene.rate(4);
    },
  },
];
