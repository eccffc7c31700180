import { CHANNELS, type ChannelName, type ChannelSender } from './channel.js';
import { consoleProvider, type ConsoleConfig } from './console/console.provider.js';

export type Senders = Readonly<Record<ChannelName, ChannelSender>>;

/** One sender per channel: the console, save where a provider has been set up. */
export function createSenders(config: ConsoleConfig, providers: Partial<Senders> = {}): Senders {
  const fallback = consoleProvider.create(config);
  return Object.fromEntries(CHANNELS.map((channel) => [channel, providers[channel] ?? fallback])) as Record<
    ChannelName,
    ChannelSender
  >;
}
