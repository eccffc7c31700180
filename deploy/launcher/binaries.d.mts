export interface BinaryOptions {
  log?: (line: string) => void;
  env?: NodeJS.ProcessEnv;
}
/** Path of a working Temporal CLI; rejects with one line that names the remedy. */
export function ensureTemporalCli(options?: BinaryOptions): Promise<string>;
/** Path of the time-skipping test server; rejects with one line that names the remedy. */
export function ensureTestServer(options?: BinaryOptions): Promise<string>;
