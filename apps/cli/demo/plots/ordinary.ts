import type { Scene } from '../scene.js';
import { anything, plain, unhurried, urgent, type Plot } from './plot.js';

async function talk(scene: Scene): Promise<void> {
  const { random, cast } = scene;
  if (random.chance(0.3)) await scene.does(scene.voice, 'comment', { text: scene.say('answer') });
  if (random.chance(0.2)) await scene.does(cast.owner(scene.state), 'comment', { text: scene.say('note') });
  if (random.chance(0.2)) {
    await scene.does(cast.owner(scene.state), 'comment', { text: scene.say('note'), public: true });
  }
}

/** What most cases are: somebody does the work, and the citizen says so. */
export const ORDINARY: readonly Plot[] = [
  {
    name: 'done and rated well',
    share: 96,
    days: 1,
    fits: anything,
    async play(scene) {
      await scene.begin();
      await talk(scene);
      await scene.resolve();
      await scene.rate(scene.random.between(3, 5));
    },
  },
  {
    name: 'done, and nobody says how',
    share: 26,
    days: 15,
    fits: anything,
    async play(scene) {
      await scene.begin();
      await scene.resolve();
      await scene.until('the rating reminder', ({ answer }) => answer?.remindAt === null);
      await scene.until('the end of the window', ({ state }) => state === 'closed');
    },
  },
  {
    name: 'done after the reminder',
    share: 12,
    days: 9,
    fits: plain,
    async play(scene) {
      await scene.begin();
      await scene.until('the reminder at 75 %', ({ reminded }) => reminded);
      await scene.resolve();
      await scene.rate(scene.random.between(3, 5));
    },
  },
  {
    name: 'done too late, after the first escalation',
    share: 16,
    days: 5,
    fits: urgent,
    async play(scene) {
      await scene.begin();
      await scene.until('the first escalation', ({ level }) => level >= 1);
      await scene.resolve();
      await scene.rate(scene.random.between(2, 5) === 2 ? 3 : 4);
    },
  },
  {
    name: 'a picture more, and a question answered',
    share: 12,
    days: 1,
    fits: plain,
    async play(scene) {
      const { cast } = scene;
      await scene.begin();
      await scene.does(scene.citizen, 'attach', { attachments: [await scene.picture(scene.citizen)] });
      await scene.does(cast.owner(scene.state), 'ask-citizen', { question: scene.say('question') });
      await scene.does(scene.voice, 'answer', { text: scene.say('answer') });
      await scene.resolve();
      await scene.rate(5);
    },
  },
  {
    name: 'asked, and no answer comes',
    share: 8,
    days: 8,
    fits: plain,
    async play(scene) {
      const { cast } = scene;
      await scene.begin();
      const gro = cast.gro(scene.state);
      const remarks = 'Nobody told us where it is.';
      await scene.isRefused(gro, 'reject', { reasonCode: 'no_answer', remarks }, '422 validation/not_allowed');
      await scene.does(cast.owner(scene.state), 'ask-citizen', { question: scene.say('question') });
      await scene.until('the end of the silence', ({ silent }) => silent);
      await scene.does(gro, 'reject', { reasonCode: 'no_answer', remarks });
      await scene.rate(3);
    },
  },
  {
    name: 'asked as often as the rules allow',
    share: 4,
    days: 9,
    fits: unhurried,
    async play(scene) {
      const { cast } = scene;
      await scene.begin();
      const [owner, gro] = [cast.owner(scene.state), cast.gro(scene.state)];
      const ask = { question: scene.say('question') };
      await scene.does(owner, 'ask-citizen', ask);
      await scene.does(scene.voice, 'answer', { text: scene.say('answer') });
      await scene.does(owner, 'ask-citizen', ask);
      await scene.does(owner, 'recall');
      await scene.isRefused(owner, 'ask-citizen', ask, '409 limit_reached');
      await scene.does(gro, 'ask-citizen', ask);
      await scene.until('the end of the silence', ({ silent }) => silent);
      await scene.isRefused(gro, 'ask-citizen', ask, '409 limit_reached');
      await scene.resolve();
      await scene.rate(4);
    },
  },
  {
    name: 'waiting for the citizen comes to an early end',
    share: 6,
    days: 1,
    fits: plain,
    async play(scene) {
      const { cast, random } = scene;
      await scene.begin();
      await scene.does(cast.owner(scene.state), 'ask-citizen', { question: scene.say('question') });
      if (random.chance(0.5)) {
        const position = cast.colleagueOf(scene.state);
        await scene.does(cast.gro(scene.state), 'reassign', { position, reason: scene.say('reason') });
      }
      await scene.resolve();
      await scene.rate(4);
    },
  },
];
