import type { BundleOptions } from '@temporalio/worker';

/** The workflows as one file, made when the project is built, beside `apps/` in `dist/`. */
export const BUNDLE_FILE = 'workflow-bundle.js';

/** How the workflows are bundled; tests bundle the sources with the same options. */
export function bundleOptions(workflowsPath: string): BundleOptions {
  return { workflowsPath };
}
