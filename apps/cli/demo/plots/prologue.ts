import type { Scene } from '../scene.js';
import { plain, type Plot } from './plot.js';

/** Far enough away to move no deadline: what matters is that every open case is told. */
const HOLIDAY = 'date,name\n2032-01-12,Day of the Play City\n';

/** Played before all others, because it touches every case that is open. */
export const PROLOGUE: Plot = {
  name: 'a holiday is published while the case runs',
  share: 0,
  days: 1,
  fits: plain,
  async play(scene) {
    await scene.begin();
    await publishHoliday(scene);
    await scene.resolve();
    await scene.rate(5);
  },
};

async function publishHoliday(scene: Scene): Promise<void> {
  const { version } = scene.state;
  const { client, cast } = scene.stage;
  const answer = await client.postCsv(cast.administrator, '/api/v1/import/holidays?apply=true', HOLIDAY);
  if (answer.status !== 200) throw new Error(`the holiday was refused: ${JSON.stringify(answer.body)}`);
  await scene.recorded(version + 1);
}
