import { useSyncExternalStore } from 'react';
import { subscribe, waitingCommands, type WaitingCommand } from './offline-queue.js';

export function useWaiting(): readonly WaitingCommand[] {
  return useSyncExternalStore(subscribe, waitingCommands);
}

export function useWaitingCount(): number {
  return useWaiting().length;
}
