import { join } from 'node:path';
import { CHANNELS, type ChannelProvider } from '../channel.js';
import { ConsoleSender } from './console.sender.js';

export interface ConsoleConfig {
  /** Folder of `outbox.jsonl`. */
  dataDir: string;
}

/** The default of every channel: runs with no vendor. */
export const consoleProvider: ChannelProvider<ConsoleConfig> = {
  name: 'console',
  channels: CHANNELS,
  create: ({ dataDir }) => new ConsoleSender(join(dataDir, 'outbox.jsonl')),
};
