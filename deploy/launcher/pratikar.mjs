#!/usr/bin/env node
/** `npx pratikar`: the operator's command line, from the build. */
import './node-version.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './prepare.mjs';

const main = join(ROOT, 'dist/apps/cli/main.js');
if (!existsSync(main)) {
  console.error('Pratikar is not built yet: run npm start or npm run build first.');
  process.exit(1);
}
// Settings and data folder belong to the checkout, file names on the command line to where it was called.
process.env.PRATIKAR_CWD = process.cwd();
process.chdir(ROOT);
await import(pathToFileURL(main).href);
