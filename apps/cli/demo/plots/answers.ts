import { plain, type Plot } from './plot.js';

const REASONS = ['sub_judice', 'service_matter', 'private_dispute', 'religious', 'rti', 'not_a_grievance'];
const REMARKS = 'The order is on file and can be seen at the borough office.';

/** What becomes of an answer that the citizen does not like, or that should not have been given. */
export const ANSWERS: readonly Plot[] = [
  {
    name: 'rejected, and the citizen agrees',
    share: 10,
    days: 1,
    fits: plain,
    async play(scene) {
      await scene.begin();
      const gro = scene.cast.gro(scene.state);
      await scene.isRefused(gro, 'reject', { reasonCode: 'tired', remarks: REMARKS }, '422 validation/unknown');
      await scene.does(gro, 'reject', { reasonCode: scene.random.pick(REASONS), remarks: REMARKS });
      await scene.rate(scene.random.between(3, 4));
    },
  },
  {
    name: 'rejected, and nobody objects',
    share: 6,
    days: 15,
    fits: plain,
    async play(scene) {
      await scene.begin();
      const reasonCode = scene.random.pick(REASONS);
      await scene.does(scene.cast.gro(scene.state), 'reject', { reasonCode, remarks: REMARKS });
      await scene.until('the end of the window', ({ state }) => state === 'closed');
    },
  },
  {
    name: 'rejected, disputed and then done',
    share: 5,
    days: 1,
    fits: plain,
    async play(scene) {
      await scene.begin();
      const reasonCode = scene.random.pick(REASONS);
      await scene.does(scene.cast.gro(scene.state), 'reject', { reasonCode, remarks: REMARKS });
      await scene.rate(1);
      await scene.resolve();
      await scene.rate(5);
    },
  },
  {
    name: 'reopened, then done by the Escalation Officer',
    share: 14,
    days: 1,
    fits: plain,
    async play(scene) {
      const { random, cast } = scene;
      await scene.begin();
      const before = scene.state.owner ?? '';
      await scene.resolve();
      if (random.chance(0.6)) await scene.rate(random.between(1, 2));
      else await scene.does(scene.voice, 'reopen', { reason: scene.say('unhappy') });
      if (random.chance(0.3)) {
        const officer = cast.accountable(scene.state);
        await scene.isRefused(officer, 'reassign', { position: before }, '422 validation/barred');
      }
      await scene.resolve();
      await scene.rate(random.between(3, 5));
    },
  },
  {
    name: 'reopened, and the same officer is directed to do it again',
    share: 6,
    days: 1,
    fits: plain,
    async play(scene) {
      const { cast } = scene;
      await scene.begin();
      const before = scene.state.owner ?? '';
      await scene.resolve();
      await scene.rate(2);
      const officer = cast.accountable(scene.state);
      const instruction = 'Go there yourself and send a picture.';
      await scene.isRefused(cast.gro(scene.state), 'direct', { position: before, instruction }, '403 forbidden');
      await scene.does(officer, 'direct', { position: before, instruction });
      await scene.does(cast.owner(scene.state), 'request-reassignment', { reason: scene.say('reason') });
      await scene.does(officer, 'decline-reassignment', { reason: 'You know the place.' });
      await scene.resolve();
      await scene.rate(4);
    },
  },
  {
    name: 'reopened twice, closed as dissatisfied',
    share: 8,
    days: 1,
    fits: plain,
    async play(scene) {
      await scene.begin();
      await scene.resolve();
      await scene.rate(1);
      await scene.resolve();
      await scene.does(scene.voice, 'reopen', { reason: scene.say('unhappy') });
      await scene.resolve();
      await scene.isRefused(scene.voice, 'reopen', { reason: scene.say('unhappy') }, '409 limit_reached');
      await scene.rate(scene.random.between(1, 2));
    },
  },
  {
    name: 'reopened once, and then nobody says how',
    share: 3,
    days: 16,
    fits: plain,
    async play(scene) {
      await scene.begin();
      await scene.resolve();
      await scene.rate(2);
      await scene.resolve();
      await scene.until('the end of the window', ({ state }) => state === 'closed');
    },
  },
  {
    name: 'answered by mistake',
    share: 6,
    days: 1,
    fits: plain,
    async play(scene) {
      const { cast } = scene;
      await scene.begin();
      const owner = cast.owner(scene.state);
      await scene.resolve(owner);
      await scene.does(owner, 'undo', { reason: 'That was another case.' });
      await scene.resolve(owner);
      const neighbour = scene.neighbour(1);
      await scene.does(neighbour, 'follow');
      await scene.rate(4);
      await scene.isRefused(owner, 'undo', { reason: 'Once more' }, '409 already_rated');
      await scene.rate(3, neighbour);
    },
  },
];
