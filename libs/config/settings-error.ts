/** A setting cannot be used. The message is one line: which variable, what is wrong, what was expected. */
export class SettingsError extends Error {
  constructor(
    readonly variable: string,
    readonly problem: string,
    readonly expected: string,
  ) {
    super(`${variable}: ${problem}; expected ${expected}`);
    this.name = 'SettingsError';
  }
}
