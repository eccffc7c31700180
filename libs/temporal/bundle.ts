import type { BundleOptions } from '@temporalio/worker';
import { FAILURE_CONVERTER } from './failures.js';

/** The workflows as one file, made when the project is built, beside `apps/` in `dist/`. */
export const BUNDLE_FILE = 'workflow-bundle.js';

/**
 * How the workflows are bundled; tests bundle the sources with the same options. All modules are loaded once a thread
 * instead of once a workflow: ours keep no state of their own, and what luxon keeps only saves it from computing again.
 */
export function bundleOptions(workflowsPath: string): BundleOptions {
  return {
    workflowsPath,
    failureConverterPath: FAILURE_CONVERTER,
    preloadModules: [workflowsPath, FAILURE_CONVERTER],
  };
}
