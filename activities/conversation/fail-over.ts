import type { CitizenEntity, NotificationEntity } from '#libs/persistence/entities/index';

const MOBILE = /^\+\d{8,15}$/;

/**
 * The SMS that takes the place of a WhatsApp message which cannot arrive. Null when no mobile number is known,
 * or when the message was an SMS itself.
 */
export function fallbackOf(
  failed: NotificationEntity,
  citizen: Pick<CitizenEntity, 'mobile'> | null,
  now: number,
): NotificationEntity | null {
  if (failed.channel !== 'whatsapp') return null;
  const mobile = MOBILE.test(failed.toAddress) ? failed.toAddress : citizen?.mobile;
  if (!mobile) return null;
  return {
    ...failed,
    id: `${failed.id}.sms`,
    channel: 'sms',
    toAddress: mobile,
    status: 'queued',
    error: null,
    notBefore: 0,
    attempts: 0,
    providerId: null,
    createdAt: now,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
  };
}
