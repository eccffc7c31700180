#!/usr/bin/env node
/** `npm run demo`: packages and build if they are missing, then the story. */
import '../../../deploy/launcher/node-version.mjs';

const { ensureBuild, ensurePackages, ROOT, Trouble } = await import('../../../deploy/launcher/prepare.mjs');
const say = (line) => console.log(`  ${line}`);
try {
  process.chdir(ROOT);
  await ensurePackages(say);
  await ensureBuild(say);
  await import('../../../dist/apps/cli/demo/main.js');
} catch (error) {
  console.error(error instanceof Trouble ? error.message : error);
  process.exitCode = 1;
}
