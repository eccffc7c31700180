import type { Logger } from 'pino';
import type { Casework } from '#libs/casework/casework';
import type { ChannelAlert } from '#libs/channels/channel';

/** Tells the operator of a channel that does not work: in the log, and in the audit trail where they look for it. */
export function channelAlerts(log: Logger, casework: Casework): ChannelAlert {
  return ({ channel, what, error }) => {
    log.error({ channel, what, error }, 'channel needs its operator');
    const { audit, masters } = casework.parts;
    void masters
      .citizensTenant()
      .then((tenant) =>
        audit.write({ tenant, actor: 'system', action: `channel_${what}`, subject: channel, detail: { error } }),
      )
      .catch(() => undefined);
  };
}
