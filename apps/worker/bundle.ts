import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { BUNDLE_FILE, bundleOptions } from '#libs/temporal/bundle';

/** Run after the build: makes `dist/workflow-bundle.js`, so that a worker starts without bundling. */
const dist = new URL('../../', import.meta.url);
const { code } = await bundleWorkflowCode({
  ...bundleOptions(fileURLToPath(new URL('workflows/index.js', dist))),
  logger: new DefaultLogger('WARN'),
});
await writeFile(new URL(BUNDLE_FILE, dist), code);
