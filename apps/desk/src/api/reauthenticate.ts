type Ask = () => Promise<boolean>;

let ask: Ask | null = null;
let pending: Promise<boolean> | null = null;

/** The session's provider registers how to sign in again over an open form; null while nobody is signed in. */
export function onSessionOver(handler: Ask | null): void {
  ask = handler;
}

/** One dialog however many requests fail together; true once a new session stands. */
export function reauthenticate(): Promise<boolean> {
  if (!ask) return Promise.resolve(false);
  pending ??= ask().finally(() => {
    pending = null;
  });
  return pending;
}

let passwordDue: () => void = () => undefined;

/** The server lets this account do nothing else before its password is changed. */
export function onPasswordDue(handler: () => void): void {
  passwordDue = handler;
}

export function tellPasswordDue(): void {
  passwordDue();
}
