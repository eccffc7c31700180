/** `npm run build`: processes and libraries with Nest's compiler, then the workflow bundle; beside them the pages. */
import './node-version.mjs';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_STAMP, markBuilt, ROOT, run, sourceStamp, Trouble, unmarkBuilt, walk } from './prepare.mjs';

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

/** Processes and libraries, then what the workflows become in the worker. */
async function buildServer() {
  await run(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build'], 'The sources do not compile');
  removeStale();
  await run(process.execPath, ['dist/apps/worker/bundle.js'], 'The workflows could not be bundled');
}

async function buildPages() {
  for (const page of PAGES) {
    await run(
      process.execPath,
      ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', page],
      `${page} does not build`,
    );
  }
}

try {
  const stamp = sourceStamp();
  // A build that did not end may have written files that the compiler's own notes know nothing of.
  if (!existsSync(BUILD_STAMP)) rmSync(join(ROOT, 'dist/.tsbuildinfo'), { force: true });
  unmarkBuilt();
  const outcomes = await Promise.allSettled([buildServer(), buildPages()]);
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  markBuilt(stamp);
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(error.message);
  process.exit(1);
}
