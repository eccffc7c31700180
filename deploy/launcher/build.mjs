/** `npm run build`: processes and libraries with Nest's compiler, the workflow bundle, then the pages. */
import './node-version.mjs';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { markBuilt, ROOT, run, sourceStamp, Trouble, unmarkBuilt, walk } from './prepare.mjs';

/** A file that is gone from the sources must not live on in dist/, where it could still be imported. */
function removeStale() {
  for (const part of ['apps', 'libs', 'workflows', 'activities', 'deploy/simulators']) {
    for (const file of walk(join(ROOT, 'dist', part))) {
      const source = join(ROOT, file.slice(join(ROOT, 'dist').length)).replace(/\.(js|js\.map|d\.ts)$/, '');
      if (/\.(js|js\.map|d\.ts)$/.test(file) && !existsSync(`${source}.ts`) && !existsSync(`${source}.tsx`)) {
        if (!existsSync(`${source}.js`)) rmSync(file);
      }
    }
  }
}

const PAGES = ['apps/citizen', 'apps/desk', 'deploy/simulators/phone'];

try {
  const stamp = sourceStamp();
  unmarkBuilt();
  await run(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build'], 'The sources do not compile');
  removeStale();
  if (existsSync(join(ROOT, 'dist/apps/worker/bundle.js'))) {
    await run(process.execPath, ['dist/apps/worker/bundle.js'], 'The workflows could not be bundled');
  }
  for (const page of PAGES) {
    if (!existsSync(join(ROOT, page, 'vite.config.ts'))) continue;
    await run(
      process.execPath,
      ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', page],
      `${page} does not build`,
    );
  }
  markBuilt(stamp);
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(error.message);
  process.exit(1);
}
