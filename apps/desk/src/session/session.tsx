import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Role } from '#libs/domain/case/names';
import { ApiProblem } from '../api/problem.js';
import { onPasswordDue, onSessionOver } from '../api/reauthenticate.js';
import { fetchMe, login, logout } from '../api/endpoints.js';
import { queryClient } from '../query-client.js';
import { ReloginDialog } from './relogin-dialog.js';
import type { DeskUser } from './types.js';

type Status = 'loading' | 'signed_out' | 'signed_in' | 'unreachable';

interface Session {
  status: Status;
  user: DeskUser | null;
  signIn: (username: string, password: string) => Promise<void>;
  signOut: () => Promise<void>;
  retry: () => void;
  has: (...roles: Role[]) => boolean;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of its provider');
  return session;
}

/** The signed-in user, for pages behind the login. */
export function useUser(): DeskUser {
  const { user } = useSession();
  if (!user) throw new Error('This page needs a signed-in user');
  return user;
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [status, setStatus] = useState<Status>('loading');
  const [user, setUser] = useState<DeskUser | null>(null);
  const [asking, setAsking] = useState(false);
  const answer = useRef<((signedIn: boolean) => void) | null>(null);

  const load = useCallback(async () => {
    setStatus('loading');
    try {
      const me = await fetchMe();
      setUser(me);
      setStatus(me ? 'signed_in' : 'signed_out');
    } catch (error) {
      setStatus(error instanceof ApiProblem && error.status < 500 ? 'signed_out' : 'unreachable');
    }
  }, []);
  useEffect(() => void load(), [load]);
  useEffect(() => onPasswordDue(() => setUser((before) => before && { ...before, mustChange: true })), []);

  useEffect(() => {
    if (status !== 'signed_in') return;
    onSessionOver(
      () =>
        new Promise<boolean>((resolve) => {
          answer.current = resolve;
          setAsking(true);
        }),
    );
    return () => onSessionOver(null);
  }, [status]);

  const session = useMemo<Session>(
    () => ({
      status,
      user,
      signIn: async (username, password) => {
        await login(username, password);
        setUser(await fetchMe());
        setStatus('signed_in');
      },
      signOut: async () => {
        // Whatever the server says, this browser forgets: a shared counter must not show the last officer's cases.
        await logout().catch(() => undefined);
        queryClient.clear();
        sessionStorage.clear();
        setUser(null);
        setStatus('signed_out');
      },
      retry: () => void load(),
      has: (...roles) => roles.some((role) => user?.roles.includes(role)),
    }),
    [status, user, load],
  );

  const finish = (signedIn: boolean) => {
    setAsking(false);
    answer.current?.(signedIn);
    answer.current = null;
    if (!signedIn) {
      queryClient.clear();
      setUser(null);
      setStatus('signed_out');
    }
  };

  return (
    <SessionContext.Provider value={session}>
      {children}
      {user && asking ? (
        <ReloginDialog username={user.username} onDone={() => finish(true)} onGiveUp={() => finish(false)} />
      ) : null}
    </SessionContext.Provider>
  );
}
